"""Decisions and handlers of tax."""
