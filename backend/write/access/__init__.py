"""Access: who may act with which role where, and the bearer tokens of scripts. The rows are plain, the history is not."""
