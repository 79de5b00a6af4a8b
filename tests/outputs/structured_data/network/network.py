"""A site for what pages say of themselves to machines."""

from tests.sites.settings import *  # noqa: F403

PATH = "content"
OUTPUT_PATH = "output"
