"""What webhooks ask of the database: hosts, webhooks, and the outbox."""
