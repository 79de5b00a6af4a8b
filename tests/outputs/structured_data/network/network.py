"""Settings of the site for tests of structured data."""

from tests.sites.settings import *  # noqa: F403

PATH = "content"
OUTPUT_PATH = "output"
