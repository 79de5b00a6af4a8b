from tests.sites.settings import *

TIMEZONE = "Baghdad"
