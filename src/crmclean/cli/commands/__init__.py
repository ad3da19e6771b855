"""One module a command: ``command`` is the function, its docstring the help, ``EPILOG`` the examples."""
