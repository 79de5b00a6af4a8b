"""A guarded HTTP client."""
