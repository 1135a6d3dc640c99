"""Exports: files made of a plan, for meetings and for the public."""
