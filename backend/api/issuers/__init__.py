"""Issuers, their seasons, numbers, accounts and templates."""
