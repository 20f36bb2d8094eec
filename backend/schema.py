"""Every table of the product, imported in one place: for migrations, for tests that walk the catalogue."""

# ruff: noqa: F401 - importing a module is what declares its tables.
import backend.inbound.inbox
import backend.inline.reference_rates
import backend.inline.registry
import backend.journal.tables
import backend.tenants.identity.tables
import backend.tenants.tables
from backend.read.registry import projections
from backend.runtime.tables import metadata, policies, tenant_tables

projections()

__all__ = ["metadata", "policies", "tenant_tables"]
