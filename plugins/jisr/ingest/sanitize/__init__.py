"""Sanitizer of untrusted HTML."""
