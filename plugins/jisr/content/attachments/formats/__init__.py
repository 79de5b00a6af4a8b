"""One module a format: what of a file is published, and what in it can run."""
