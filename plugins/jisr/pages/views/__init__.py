"""View models of pages and components."""
