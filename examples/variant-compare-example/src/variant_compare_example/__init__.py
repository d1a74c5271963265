"""A check and a reader for variant-compare."""
