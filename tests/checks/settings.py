"""The settings of the sites that these tests check: those of tests/sites, with this room in any case."""

from pelicanconf import PLUGINS as SHIPPED
from tests.sites.settings import *  # noqa: F403

PLUGINS = [*(name for name in SHIPPED if name != "jisr.checks"), "jisr.checks"]
