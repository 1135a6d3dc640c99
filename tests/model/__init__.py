"""The encodings: expressions, blocks, and what a model leaves out."""
