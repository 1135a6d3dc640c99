"""The commands of the service, a module each."""
