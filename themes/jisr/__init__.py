"""The theme that the package ships, found with ``importlib.resources.files("jisr.theme")``."""
