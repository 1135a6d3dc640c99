"""Rules and a term that the code has never seen."""
