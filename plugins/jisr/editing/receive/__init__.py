"""``jisr receive``: a mail or a form post about a text becomes a proposal with one reply file."""
