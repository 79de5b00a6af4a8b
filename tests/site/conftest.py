"""A tab on the built site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import Site
from tests.site.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Return a tab of its own."""
    context = browser.new_context()
    yield Visit(context.new_page(), site)
    context.close()
