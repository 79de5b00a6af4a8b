"""The settings of the site whose conferences are tested: facts that stay when the sample network changes."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://network.example.org"
TAG_AUTHORITY = "network.example.org,2007"
