from tests.sites.settings import *

PAGE_SIZE = 0
