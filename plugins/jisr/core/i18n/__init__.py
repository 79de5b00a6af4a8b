"""Languages, scripts, dates, numbers, lists and names by locale."""
