"""Company directories on the network, one file a service."""
