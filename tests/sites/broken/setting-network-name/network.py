from tests.sites.settings import *

NETWORK_NAMES = {"en": "Network", "ar": "شبكة", "ckb": "تۆڕ", "kmr": "Tor"}
