from tests.sites.settings import *

TRANSLATIONS = "translations"
LANGUAGES = ("en", "fr")
