"""Disposable tables: each can be dropped and rebuilt from the journal. Named by the question they answer."""
