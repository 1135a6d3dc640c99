"""The migrations: how a database of any earlier version gets the tables of this one."""
