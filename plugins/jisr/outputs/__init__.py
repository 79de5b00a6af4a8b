"""Outputs: every file of a site that is not a page, one folder for each format."""
