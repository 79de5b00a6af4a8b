"""The settings of the site that the mails are about."""

from tests.sites.settings import *  # noqa: F403

REPLIES = {"mail": "replies@example.org", "days": 400}  # type: ignore[dict-item]
