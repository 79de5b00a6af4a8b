"""The settings of a site whose feeds have archives: two entries in each document, and a hub."""

from tests.outputs.feeds.settings import *  # noqa: F403

FEED_ENTRIES = 2
WEBSUB_HUB = "https://hub.example.org/"
