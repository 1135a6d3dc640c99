"""Webhooks: what happened is written into an outbox with what happened, and sent to hosts that are listed."""
