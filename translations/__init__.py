"""The message catalogues that the package ships, found with ``importlib.resources.files("jisr.translations")``."""
