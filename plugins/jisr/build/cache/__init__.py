"""The caches of a build: rendered bodies and pages, and the site."""
