"""What only the published site needs."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))  # where pelican itself is started, it looks for settings nowhere

from pelicanconf import *  # noqa: F403 (a second site is a second settings file)

SITEURL = "https://icssi.example.org"
SECURITY = {"contact": "mailto:security@icssi.example.org", "expires": "2027-10-31"}
FETCH_REPORT = ".cache/fetch/report.json"  # where a run of inv fetch left one, /<lang>/blogs/ shows it
BUNDLES = ("zip", "epub")  # what readers take away; /<lang>/offline/ offers it
