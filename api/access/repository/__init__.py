"""What access asks of the database; all of it stands here."""
