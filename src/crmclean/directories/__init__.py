"""Company directories on the network, one file a service; ``_connect.connect_provider`` opens one."""
