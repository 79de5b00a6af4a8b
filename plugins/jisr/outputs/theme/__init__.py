"""The files of the theme: assets and style guide."""
