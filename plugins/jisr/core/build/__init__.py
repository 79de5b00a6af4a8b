"""Interfaces between plugins and the build: outputs, hooks, the context of a run."""
