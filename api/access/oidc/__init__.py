"""Single sign-on by OpenID Connect: the authorization code flow with PKCE, for the provider that is set."""
