"""The settings of the site whose feeds are tested: facts that stay when the sample network changes."""

from pelicanconf import *  # noqa: F403

LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
SITEURL = "https://network.example.org/base"
TIMEZONE = "Asia/Baghdad"
TAG_AUTHORITY = "network.example.org,2009"
NETWORK_NAMES = {"en": "Network", "ar": "الشبكة", "ckb": "تۆڕ", "kmr": "Tor", "fr": "Réseau"}
NETWORK_PURPOSES = {"en": "We link people.", "ar": "نصل بين الناس."}
