from tests.sites.settings import *

SITEURL = ""
