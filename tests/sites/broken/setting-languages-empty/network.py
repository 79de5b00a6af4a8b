from tests.sites.settings import *

LANGUAGES = ()
