"""One invoice for whoever follows its link: the only pages of ours that need no account."""
