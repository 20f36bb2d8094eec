"""Debtors: members, clubs, tenants and outside parties that may be billed."""
