"""Decisions and handlers of issuers."""
