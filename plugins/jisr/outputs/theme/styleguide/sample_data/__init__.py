"""Sample data of the style guide."""
