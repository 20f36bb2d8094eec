"""Issuers: the legal entities that own numbers, seasons, accounts and branding."""
