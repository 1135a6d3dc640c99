"""Plans: shown, checked, edited, compared, explained; what counts in them is counted by a process of its own."""
