"""What a stranger puts into ``.cache/`` is not believed: neither texts and pages nor the report of the blogs reach a reader."""

from __future__ import annotations

import hashlib
import json
import marshal
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jisr.build.cache.serialization import ValuePickler
from jisr.build.cache.text_store import load_text_store
from jisr.build.files import user_folder
from jisr.build.files.snapshot import hash_bytes
from jisr.build.manifest import load_manifest
from jisr.core.i18n.languages import build_languages

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

EVIL = "<script>evil()</script>"
PAGE = "fr/about/index.html"


def forge(workplace: Workplace, key: bytes) -> None:
    """Write a body and a page of a stranger into the cache and the output, each with the digests that belong to them."""
    (file,) = (workplace.folder / ".cache").glob("build-*/manifest")
    values: dict[str, Any] = marshal.loads(file.read_bytes().partition(b"\n")[2])
    languages = build_languages(("en", "ar", "ckb", "kmr", "fr"))
    store = load_text_store(file.parent, values["chunk_names"], languages)
    assert store is not None
    key_of_text = ("statements", "2026-water")
    bodies = dict(store.bodies(languages))
    loaded = store.texts[key_of_text].loaded
    own = {path: replace(body, html=body.html + EVIL) for path, body in bodies.items() if "2026-water" in path}
    faces = store.texts[key_of_text].faces
    store.put(replace(loaded, bodies=own), lambda one: faces[one.path])
    store.save(ValuePickler(languages))
    values["chunk_names"] = {str(number): name for number, name in store.chunk_names.items()}

    page = workplace.output / PAGE
    page.write_text(EVIL, "utf-8")
    state = values["outputs"]["folders"][str(page.parent)][page.name]
    state[:] = [len(EVIL), page.stat().st_mtime_ns, hash_bytes(EVIL.encode()), 0]
    data = marshal.dumps(values)
    file.write_bytes(hashlib.blake2b(data, digest_size=16, key=key).hexdigest().encode() + b"\n" + data)


def evil_pages(workplace: Workplace) -> list[str]:
    """Return the pages that have the script."""
    return sorted(path for path, data in workplace.files().items() if EVIL.encode() in data)


@pytest.mark.parametrize("is_theirs", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_only_what_this_user_built_is_believed(workplace: Workplace, is_theirs: bool) -> None:
    """A whole forged cache, with a forged output, is built over; sealed with this user's key it would have been published."""
    workplace.command("build")
    own_key = (user_folder.user_cache_folder() / "key").read_bytes()
    forge(workplace, b"of somebody else" if is_theirs else own_key)
    shutil.copytree(workplace.folder / "content/pages/about", workplace.folder / "content/pages/more")

    assert workplace.command("build").returncode == 0

    evil = evil_pages(workplace)
    assert evil == [] if is_theirs else "ar/statements/2026-water/index.html" in evil


def test_a_cache_without_a_key_is_none(workplace: Workplace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where this user has no folder that nobody else writes, or it lies in the site, nothing is kept for the next build."""
    file = tmp_path / ".cache/build-x/manifest"
    for folder in (tmp_path / "open", tmp_path / "site/cache", tmp_path / "file"):
        monkeypatch.setattr(user_folder, "user_cache_folder", lambda folder=folder: folder)
        if folder.name == "open":
            folder.mkdir(mode=0o777)
            folder.chmod(0o777)
        elif folder.name == "file":
            folder.write_text("x", "utf-8")
        site = tmp_path / "site"
        assert user_folder.seal_bytes(b"x", site) == ""
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\n{}")
    assert load_manifest(file) is None


def test_the_key_is_made_once_and_is_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds seal alike, another user otherwise; the key can be read by its user alone."""
    monkeypatch.setattr(user_folder, "user_cache_folder", lambda: tmp_path / "user")
    seal = user_folder.seal_bytes(b"x", tmp_path / "site")
    assert seal == user_folder.seal_bytes(b"x", tmp_path / "site") != user_folder.seal_bytes(b"y", tmp_path / "site")
    assert [(one.name, one.stat().st_mode & 0o777) for one in (tmp_path / "user").iterdir()] == [("key", 0o600)]
    shutil.rmtree(tmp_path / "user")
    assert user_folder.seal_bytes(b"x", tmp_path / "site") != seal


REPORT = {
    "version": 1,
    "at": "2026-11-01T12:00:00+00:00",
    "members": [
        {
            "member": EVIL,
            "url": "javascript:evil()",
            "outcome": "failed",
            "reason": EVIL,
            "told": {"text": "{reason} <b>", "values": {"reason": EVIL}},
            "held": [],
            "proposals": [{"text": EVIL}],
        }
    ],
}


@pytest.mark.thorough  # a build
def test_a_forged_report_of_the_blogs_shows_words(workplace: Workplace) -> None:
    """Markup in the report of a run of inv fetch is shown as it was written, and an address that is none is no link."""
    workplace.state('FETCH_REPORT = ".cache/fetch/report.json"')
    report = workplace.folder / ".cache/fetch/report.json"
    report.parent.mkdir(parents=True)
    report.write_text(json.dumps(REPORT), "utf-8")

    assert workplace.command("build").returncode == 0

    assert evil_pages(workplace) == []
    page = (workplace.output / "en/blogs/index.html").read_text("utf-8")
    assert "&lt;script&gt;evil()" in page
    assert 'href="javascript:' not in page
