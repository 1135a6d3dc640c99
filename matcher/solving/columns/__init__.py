"""Team columns: a master program over whole teams, priced village by village."""
