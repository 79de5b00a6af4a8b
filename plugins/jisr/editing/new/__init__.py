"""``inv new``: a new text with an example of each field."""
