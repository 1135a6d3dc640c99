"""Who may do what: keys, roles, scopes, the guard of every route, and the audit trail."""
