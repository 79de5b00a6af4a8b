from tests.sites.settings import *

PAGE_SIZE = int("many")
