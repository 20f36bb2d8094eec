"""Decisions and handlers of mirrors."""
