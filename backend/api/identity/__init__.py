"""`/auth/…` and `/oauth/token`: how people and programs prove who they are. Described in docs/guides/identity_api.md."""
