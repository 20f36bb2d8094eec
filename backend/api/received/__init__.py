"""Documents other tenants sent to this one."""
