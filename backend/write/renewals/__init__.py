"""Runs: licence renewals and club affiliations in chunks."""
