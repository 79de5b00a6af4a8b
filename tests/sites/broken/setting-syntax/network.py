from tests.sites.settings import *

LANGUAGES = ("en", "ar"
SITENAME = "x"
