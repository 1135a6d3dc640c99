"""The catalogue: what the service knows by itself, without anybody's data."""
