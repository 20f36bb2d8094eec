"""The read model issuers."""
