"""Rounds: stored with their revisions, read from documents and workbooks, edited with a reason."""
