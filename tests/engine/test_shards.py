"""A site that was built in parts is the site: disjoint shards, joined, are what one build writes, byte by byte."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from plugins.bench.comparing import jisr
from plugins.core.shards import Shard, Share, shard
from plugins.engine import sharding
from plugins.engine.options import Options
from plugins.engine.shards import MARK
from tests import running
from tests.conftest import CLOCK, ROOT
from tests.engine.conftest import Workplace
from tests.site.pages import Site

EIGHT = 8
TEXTS = int(os.environ.get("JISR_SHARDS_TEXTS", "12"))  # of the corpus; more of them take as much longer


def files(folder: Path) -> dict[str, bytes]:
    """Give everything in a folder by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def in_shards(parts: Path, where: Mapping[str, str], rendered: int) -> dict[str, bytes]:
    """Render bodies in so many parts, build eight shards, join them, and give the files of the whole."""
    stated: dict[str, Any] = {"settings": where["settings"], "content": where.get("content")}
    bodies = f"{parts}-bodies"

    def main() -> int:
        for number in range(1, rendered + 1):
            assert sharding.render(Options(**stated), f"{number}/{rendered}", bodies) == 0
        for number in range(1, EIGHT + 1):
            assert sharding.build(Options(output=f"{parts}/{number}", **stated), f"{number}/{EIGHT}", bodies) == 0
        return sharding.join(Options(output=f"{parts}-joined", **stated), str(parts))

    environment = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
    done = running.call(["shards"], main, Path(where.get("folder", ROOT)), environment)
    assert done.returncode == 0, done.stderr
    return files(parts.with_name(f"{parts.name}-joined"))


def test_eight_shards_of_the_sample_are_the_sample(site: Site, tmp_path: Path) -> None:
    """Eight shards, each with less than a third of the pages and disjoint with the others, are the whole when joined."""
    joined = in_shards(tmp_path / "parts", {"settings": "pelicanconf.py"}, rendered=1)
    whole = files(site.folder)
    assert sorted(joined) == sorted(whole)
    assert [path for path in whole if joined[path] != whole[path]] == []
    counts = [len([path for path in files(tmp_path / "parts" / str(number)) if path != MARK]) for number in range(1, EIGHT + 1)]
    assert sum(counts) == len(whole)
    assert max(counts) < len(whole) / 3


def test_eight_shards_of_a_corpus_are_the_corpus(tmp_path: Path) -> None:
    """A generated site of many years, whose bodies were rendered in shards too, is the same in one and in eight parts."""
    corpus = jisr(TEXTS, tmp_path / "corpus", ROOT)
    where = {"settings": str(tmp_path / "corpus/settings.py"), "content": str(tmp_path / "corpus/content")}
    stated = ["--settings", where["settings"], "--content", where["content"], "--output", str(corpus.output)]
    environment = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
    running.engine("build", *stated, folder=ROOT, environment=environment).check_returncode()
    whole = files(corpus.output)
    joined = in_shards(tmp_path / "parts", where, rendered=3)
    assert sorted(joined) == sorted(whole)
    assert [path for path in whole if joined[path] != whole[path]] == []
    pages = [sum(path.endswith(".html") for path in files(part)) for part in (tmp_path / "parts").iterdir()]
    assert max(pages) < 2 * sum(pages) / EIGHT


@pytest.fixture
def parts(workplace: Workplace) -> Path:
    """Give the two shards of the small site, in a folder beside its content."""
    workplace.state("EDITOR = None")  # what is there to be tried alone is not published
    workplace.state("CHECK_HTML = False")  # other tests ask the checker, which takes its time
    for number in (1, 2):
        assert workplace.inv("build", "--shard", f"{number}/2", "--output", f"parts/{number}").returncode == 0
    return workplace.folder / "parts"


def test_parts_are_refused(workplace: Workplace, parts: Path) -> None:
    """A shard that is missing, twice there, of other texts or another moment, a link in it: the output is as it was."""
    workplace.output.mkdir()
    (workplace.output / "index.html").write_text("before", "utf-8")

    def refused(why: str) -> None:
        done = workplace.inv("join", "parts")
        assert (done.returncode, why in done.stderr) == (1, True), done.stderr
        assert "error[shard]: " in done.stderr
        assert files(workplace.output) == {"index.html": b"before"}

    (parts / "2").rename(workplace.folder / "kept")
    refused("Shard 2/2 is there 0 times")
    (parts / "again").mkdir()
    (parts / "again" / MARK).write_bytes((parts / "1" / MARK).read_bytes())
    refused("Shard 1/2 is there 2 times")
    (parts / "again" / MARK).write_text("{}", "utf-8")
    refused("cannot be read")
    (parts / "again" / MARK).unlink()
    (workplace.folder / "kept").rename(parts / "2")
    (parts / "2" / "secret.txt").symlink_to("/etc/hostname")
    refused('"secret.txt" is a link')
    (parts / "2" / "secret.txt").unlink()
    own = next(file for file in (parts / "1").rglob("*.html"))
    twice = parts / "2" / own.relative_to(parts / "1")
    twice.parent.mkdir(parents=True, exist_ok=True)
    twice.write_text("forged", "utf-8")
    refused("stands in two shards")
    workplace.text().write_text(workplace.text().read_text("utf-8").replace("بيانات", "معلومات"), "utf-8")
    assert workplace.inv("build", "--shard", "2/2", "--output", "parts/2").returncode == 0
    refused("was made from other texts, code or settings")
    assert workplace.inv("build", "--shard", "1/2", "--output", "parts/1", SOURCE_DATE_EPOCH="1796083201").returncode == 0
    refused("Set SOURCE_DATE_EPOCH for all shards")


def test_what_others_rendered_is_proved(workplace: Workplace, parts: Path) -> None:
    """Bodies that another shard rendered are taken for the same words alone: what is broken or old is rendered anew."""
    bodies = workplace.folder / "bodies"
    for number in (1, 2):
        assert "Rendered " in workplace.inv("bodies", "--shard", f"{number}/2", "--bodies", "bodies").stdout
    assert sorted(file.name for file in bodies.iterdir()) == ["1-of-2.bodies", "2-of-2.bodies"]
    (bodies / "1-of-2.bodies").write_bytes(b"no pickle at all")
    workplace.text().write_text(workplace.text().read_text("utf-8").replace("بيانات", "معلومات"), "utf-8")
    for number in (1, 2):
        built = workplace.inv("build", "--shard", f"{number}/2", "--output", f"parts/{number}", "--bodies", "bodies")
        assert built.returncode == 0, built.stderr
    assert workplace.inv("join", "parts").returncode == 0
    joined = workplace.files()
    workplace.command("build", "--output", "whole")
    assert joined == workplace.files(workplace.folder / "whole")


def test_a_published_site_can_come_from_shards(workplace: Workplace, parts: Path) -> None:
    """What is published from shards is checked and sealed as a whole, and is what publishing builds by itself."""
    done = workplace.inv("publish", "--shards", "parts")
    assert done.returncode == 0, done.stderr
    published = workplace.files()
    assert workplace.inv("publish").returncode == 0
    assert workplace.files() == published
    next(file for file in parts.rglob("*.html") if "statements" in str(file)).unlink()
    refused = workplace.inv("publish", "--shards", "parts")
    assert (refused.returncode, "error[page-" in refused.stderr) == (1, True)
    assert workplace.files() == published


@pytest.mark.parametrize("value", ["9/8", "0/8", "-1/8", "2", "2/8/1", "", "a/b", "1/100000"])
def test_what_is_no_shard_raises(value: str) -> None:
    """A shard is one of how many; anything else raises, which the command tells."""
    with pytest.raises(ValueError, match=r".*"):
        shard(value)


def test_a_wrong_shard_is_told_by_the_command(workplace: Workplace) -> None:
    """The message names what was written, and how a shard is written; a folder without any is told, too."""
    done = workplace.inv("build", "--shard", "9/8")
    assert (done.returncode, '--shard:1:1: error[shard]: "9/8" is not a shard.' in done.stderr) == (1, True)
    assert '"content" holds no shard' in workplace.inv("join", "content").stderr


def test_every_address_has_one_shard(site: Site) -> None:
    """Whatever stands at an address, a page, a file or nothing, one of the shards has it, and no other."""
    shares = [Share(Shard(number, 5), {"ckb 2012": 3}, frozenset({"ckb", "ar"}), {}) for number in range(1, 6)]
    for address in (*files(site.folder), "ckb/", "x/y/z", "نەبوو/"):
        assert sum(one.holds(address) for one in shares) == 1
