"""The settings of the sites that tests build: the shipped ones, with facts that stay when the sample network changes."""

from pelicanconf import *  # noqa: F403

LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
SITENAME = "Tests"
SITEURL = "https://example.org"
TIMEZONE = "Asia/Baghdad"
TAG_AUTHORITY = "example.org,2009"
SHORT_ADDRESSES = False
NETWORK_NAMES = {"en": "Network", "ar": "الشبكة", "ckb": "تۆڕ", "kmr": "Tor", "fr": "Réseau"}
NETWORK_PURPOSES = {
    "en": "We link people.",
    "ar": "نصل بين الناس.",
    "ckb": "خەڵک بەیەکەوە دەبەستینەوە.",
    "kmr": "Em mirovan digihînin hev.",
    "fr": "Nous relions les gens.",
}
NETWORK_NOTES = {
    "en": "A network of tests.",
    "ar": "شبكة للاختبار.",
    "ckb": "تۆڕێک بۆ تاقیکردنەوە.",
    "kmr": "Torek ji bo ceribandinê.",
    "fr": "Un réseau d’essai.",
}
CARDS = ()
SHARE = ()  # type: ignore[assignment]
CHANNELS = REPLIES = NEWSLETTER = {}
