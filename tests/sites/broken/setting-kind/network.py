from tests.sites.settings import *

KINDS = ("statements", "conference")
