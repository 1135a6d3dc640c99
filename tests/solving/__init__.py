"""How solves begin, go on, stop and end."""
