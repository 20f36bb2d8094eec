"""How a tenant stands."""
