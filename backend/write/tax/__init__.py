"""A tenant's tax matrix."""
