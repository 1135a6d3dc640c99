"""Where the service keeps what it knows: one relational database, SQLite or PostgreSQL, both alike."""
