"""Pure rules that the write side and the read side both need, one file per capability."""
