"""Decisions and handlers of payments."""
