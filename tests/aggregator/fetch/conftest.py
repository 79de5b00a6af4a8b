"""A server, and a network with a content folder whose members blog on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aggregator.fetch.blogs import Blogs
from tests.aggregator.fetch.network import Desks
from tests.aggregator.fetch.sites import NOW, Network


@pytest.fixture
def blogs() -> Iterator[Blogs]:
    """Return a server that runs."""
    with Blogs() as server:
        yield server


@pytest.fixture
def desks(tmp_path: Path, blogs: Blogs) -> Desks:
    """Return a content folder without members."""
    return Desks(tmp_path, blogs)


@pytest.fixture
def network(tmp_path: Path, blogs: Blogs, monkeypatch: pytest.MonkeyPatch) -> Network:
    """Return a site without members, in whose folder commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return Network(tmp_path, blogs)
