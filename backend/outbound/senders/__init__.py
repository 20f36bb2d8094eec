"""How each kind of outbound work is done: one module for each, behind the protocol of `outbound/work`."""
