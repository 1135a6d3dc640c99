"""What HTTP asks of every route: limits, headers, entity tags, repeated requests, pages."""
