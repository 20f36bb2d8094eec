"""Who may act here: users with what they were granted, and the tokens made for them."""
