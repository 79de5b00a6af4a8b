"""Addresses of pages and files, links between them, and the feeds of the site."""
