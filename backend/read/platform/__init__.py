"""How a tenant fares, for who runs the service."""
