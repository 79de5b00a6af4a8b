from tests.sites.settings import *

THEME = "theme"
