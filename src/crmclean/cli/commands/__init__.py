"""One module a command: ``command`` is the function, its docstring the help,
``GERMAN`` its German, ``EPILOG`` the examples and exit codes (their German: ``crmclean.cli.help_texts``)."""
