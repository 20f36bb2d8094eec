"""The general ledger, the trial balance and the numbering report."""
