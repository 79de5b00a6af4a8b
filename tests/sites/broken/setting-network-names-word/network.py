from tests.sites.settings import *

NETWORK_NAMES = "Network"
