"""ECB reference rates, captured at issue."""
