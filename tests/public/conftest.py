"""The application with the travelling clock, and a debtor with a browser who has an invoice and its link."""

from tests.api.conftest import admin, app, stranger

__all__ = ["admin", "app", "stranger"]
