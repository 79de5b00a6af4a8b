"""Documents that are published as they are: what in them can run or load, and what they tell of people."""
