"""Publishing to a storage sends what changed alone, and never a page before what it needs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from plugins.core.problems import Place, ProblemsError
from plugins.publishing import storage
from plugins.publishing.destination import Destination
from plugins.publishing.headers import HASHED
from tests.conftest import lacking
from tests.publishing.test_remote import files, site

HERE = Place("publishconf.py")
PATHS = [
    "theme/style.0a1b.css",
    "statements/2026-water/بڕیار.pdf",
    "ckb/index.html",
    "404.html",
    "ckb/feed.atom",
    "ckb/feed.json",
    "sitemap.xml",
    "SHA256SUMS",
]
SUMS = some.dictionaries(some.sampled_from(PATHS), some.sampled_from(["1", "2", ""]))


@given(SUMS, SUMS)
def test_a_plan_makes_one_of_the_other(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """What is sent is what changed, each file once; what is removed is what is no longer there."""
    made = storage.plan(ours, theirs)
    sent = [path for paths in made.stages for path in paths]
    assert sorted(sent) == sorted(path for path in ours if path not in theirs or theirs[path] != ours[path])
    assert set(made.removed) == theirs.keys() - ours.keys()
    assert all(made.stages)


@given(SUMS, SUMS)
def test_pages_come_after_what_they_need(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Files of the theme and of texts come before pages, pages before the feeds and lists that lead to them."""
    order = [path for paths in storage.plan(ours, theirs).stages for path in paths]
    ranks = [
        0 if f"/{path}".startswith(HASHED) else 1 if path.endswith(".pdf") else 2 if path.endswith(".html") else 3
        for path in order
    ]
    assert ranks == sorted(ranks)
    assert "SHA256SUMS" not in order[:-1]


@pytest.fixture
def where(tmp_path: Path) -> Destination:
    """Give a storage: rclone's own one in a folder."""
    if shutil.which("rclone") is None:
        lacking("rclone")
    (tmp_path / "rclone.conf").write_text("[store]\ntype = local\n", "utf-8")
    return Destination("rclone", remote=f"store:{tmp_path / 'bucket'}", config=str(tmp_path / "rclone.conf"))


def test_what_changed_alone_is_sent(where: Destination, tmp_path: Path) -> None:
    """A storage becomes the site, whatever it held; files that are alike are not sent again, others are, old ones go."""
    bucket = tmp_path / "bucket"
    storage.publish(site(tmp_path / "one", "ئاو ١"), where, HERE)
    assert files(bucket) == files(tmp_path / "one")

    (bucket / "old.html").write_text("old", "utf-8")
    os.utime(bucket / "theme/style.css", (1, 1))
    done = storage.publish(site(tmp_path / "two", "ئاو ٢"), where, HERE)
    assert files(bucket) == files(tmp_path / "two")
    assert done.removed == ("old.html",)
    assert "theme/style.css" not in {path for paths in done.stages for path in paths}
    assert (bucket / "theme/style.css").stat().st_mtime == 1

    again = storage.publish(tmp_path / "two", where, HERE)
    assert again == storage.Plan((), ())


def test_a_storage_that_is_not_there_is_told(where: Destination, tmp_path: Path) -> None:
    """What rclone says of its fault is told, with what to do."""
    with pytest.raises(ProblemsError, match="publish again, and it goes on where this ended"):
        storage.publish(site(tmp_path / "one", "ئاو ١"), Destination("rclone", remote="none:x", config=where.config), HERE)
