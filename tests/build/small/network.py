"""A small site: its texts are beside it, everything else is as shipped."""

from tests.sites.settings import *  # noqa: F403

PATH = "content"
OUTPUT_PATH = "output"
