"""Who may act and whose data it is: tenants, org nodes, users, roles and tokens. Plain rows, not events."""
