"""Message catalogues: loading and extraction."""
