"""Block parser."""
