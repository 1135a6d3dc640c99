"""The service around the engine: rounds, runs and plans kept, shared and published over HTTP."""
