"""Carreau: invoicing for sports federations and their clubs. docs/architecture.md is the map."""
