from tests.sites.settings import *

LANGUAGES = ("en", "Sorani")
