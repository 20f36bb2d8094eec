"""Decisions and handlers of deliveries."""
