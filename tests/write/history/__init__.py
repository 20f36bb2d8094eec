"""Decisions and handlers of history."""
