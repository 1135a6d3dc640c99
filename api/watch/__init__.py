"""Watching the service: its log and its health."""
