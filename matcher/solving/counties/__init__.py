"""A round of several counties: each is solved by itself, and prices share out what crosses counties."""
