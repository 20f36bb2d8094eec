"""Runs over many members: licence renewals and affiliations."""
