"""The console of the platform: many tenants, each asked in its own scope."""
