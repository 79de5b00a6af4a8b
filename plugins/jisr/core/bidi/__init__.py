"""Bidirectional text: base direction of a block, runs of the other direction, phone numbers, control characters."""
