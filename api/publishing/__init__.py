"""Publishing: a plan is proposed by one person, approved by another, and rolled back with a reason."""
