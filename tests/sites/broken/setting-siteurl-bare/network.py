from tests.sites.settings import *

SITEURL = "example.org"
