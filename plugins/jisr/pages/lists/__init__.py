"""Views of listings, home, indexes and charts."""
