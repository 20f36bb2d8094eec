"""Every table of the product, imported in one place: for migrations, for tests that walk the catalogue."""

import backend.inline.registry
import backend.journal.tables
import backend.tenants.identity.tables
import backend.tenants.tables
import backend.write.rates.tables
from backend.runtime.tables import metadata, policies, tenant_tables

try:
    import backend.read.registry  # noqa: F401
except ImportError:
    pass

__all__ = ["metadata", "policies", "tenant_tables"]
