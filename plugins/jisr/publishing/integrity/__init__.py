"""Checksums, signatures, and comparison of copies."""
