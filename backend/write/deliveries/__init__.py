"""Queueing and recording dispatches."""
