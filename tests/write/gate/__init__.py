"""Decisions and handlers of gate."""
