"""``jisr unfork``: a fork of the program's repository becomes a site that uses the package."""
