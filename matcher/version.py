"""The version of this product; a result names it."""

VERSION = "0.1.0"
