"""Documents received from other tenants."""
