"""Types of the borders between plugins and the build: outputs, hooks, the run."""
