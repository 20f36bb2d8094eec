"""The org tree as a question: plain rows, within reach."""
