"""Every table of the product, imported in one place: for migrations, for tests that walk the catalogue."""

from backend.runtime.tables import metadata, policies, tenant_tables

__all__ = ["metadata", "policies", "tenant_tables"]
