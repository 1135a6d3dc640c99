"""The methods that are measured; :mod:`benchmarks.methods.registry` lists them."""
