"""The theme as files: assets and style guide."""
