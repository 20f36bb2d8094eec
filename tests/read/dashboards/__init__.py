"""The read model dashboards."""
