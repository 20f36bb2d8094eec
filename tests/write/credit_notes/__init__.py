"""Decisions and handlers of credit notes."""
