"""The append-only record of what happened: one writer per tenant, gapless positions, a hash chain."""
