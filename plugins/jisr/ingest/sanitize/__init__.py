"""HTML sanitizer."""
