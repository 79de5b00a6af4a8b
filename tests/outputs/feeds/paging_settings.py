"""The settings of a site whose feeds have archives: two entries in each document, every format, and a hub."""

from tests.outputs.feeds.settings import *  # noqa: F403

FEED_ENTRIES = 2
FEED_ARCHIVES = ("atom", "rss", "json")
ARCHIVED_FEEDS = ("site", "languages", "news")
WEBSUB_HUB = "https://hub.example.org/"
