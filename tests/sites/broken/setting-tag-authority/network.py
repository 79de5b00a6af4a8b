from tests.sites.settings import *

TAG_AUTHORITY = "example.org"
