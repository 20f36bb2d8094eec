"""The books: postings, trial balance, account statements and the VAT summary."""
