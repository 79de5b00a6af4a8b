"""Posts as files below ``content/posts``."""
