"""What is broken, cut off or hostile in an export is a message, or comes over harmless: never a fault of the program."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.importing.old_site import ReadOptions
from tests.importing.conftest import CASES
from tests.importing.spip_dumps import write_sql, write_sqlite, write_xml

TAGS = ("en", "ar", "ckb", "kmr", "fr")
INSERTED = (
    b"<",
    b"]]>",
    b"<![CDATA[",
    b"&#0;",
    b"&#x110000;",
    b"[[[[",
    b"{{{{",
    b"<multi>[fr]",
    b"'",
    b"\\",
    b"\0\0",
    b"<div>" * 500,
)
REPLACED = ((b"2012", b"9" * 19), (b"https", b"http://["), (b"post", b""), (b"</", b"<"), (b"1", b"-"), (b"10", b"%zz"))
BOMB = b'<?xml version="1.0"?><!--%s--><!DOCTYPE a [<!ENTITY x "yy"><!ENTITY z "&x;&x;&x;">]>'


def read(form: str, path: Path) -> int:
    """Return how many letters the words of an export have, or -1 where it is told what is wrong with it."""
    modules = {"wordpress": "wordpress_site", "spip": "spip_site", "html": "saved_pages", "pelican": "pelican_blog"}
    try:
        site = import_module(f"jisr.importing.{form}.{modules[form]}").read_site(path, ReadOptions(TAGS))
    except ProblemsError:
        return -1
    return sum(len(body.html) for body in site.bodies())


@pytest.mark.parametrize(
    ("form", "rest"),
    [
        ("wordpress", b"<rss><channel><item><title>&z;</title></item></channel></rss>"),
        ("spip", b"<SPIP><spip_articles><id_article>1</id_article><titre>&z;</titre></spip_articles></SPIP>"),
    ],
)
def test_a_document_type_is_refused_wherever_it_stands(form: str, rest: bytes, tmp_path: Path) -> None:
    """Entities that stand for each other are never resolved, also behind a long comment."""
    (tmp_path / "bomb.xml").write_bytes(BOMB % (b" " * 5000) + rest)
    assert read(form, tmp_path / "bomb.xml") == -1


def break_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return data that is cut off, has other bytes, lacks some, or has some more."""
    place = chance.randrange(len(data))
    ways: list[Callable[[], bytes]] = [
        lambda: data[:place],
        lambda: data[:place] + bytes(chance.randrange(256) for _ in range(9)) + data[place + 9 :],
        lambda: data[:place] + data[place + 200 :],
        lambda: data[:place] + chance.choice(INSERTED) + data[place:],
        lambda: data.replace(*chance.choice(REPLACED)),
    ]
    return chance.choice(ways)()


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(5))
def test_no_broken_export_ends_with_a_fault(seed: int, tmp_path: Path) -> None:
    """Each form of an export, broken in a hundred ways, is read or told."""
    chance = random.Random(seed)
    dumps = {name: write(tmp_path / name).read_bytes() for name, write in (("a.xml", write_xml), ("b.sql", write_sql))}
    dumps["c.sqlite"] = write_sqlite(tmp_path / "c.sqlite").read_bytes()
    exports: dict[tuple[str, str], bytes] = {("spip", name): data for name, data in dumps.items()}
    for form, folder, ending in (("wordpress", "", "xml"), ("html", "", "htm*"), ("pelican", "/content/news", "*")):
        exports |= {
            (form, one.name): one.read_bytes() for one in (CASES / f"{form}{folder}").glob(f"*.{ending}") if one.is_file()
        }
    for number in range(100):
        form, name = chance.choice(sorted(exports))
        place = tmp_path / f"{number}"
        place.mkdir()
        (place / name).write_bytes(break_bytes(exports[form, name], chance))
        read(form, place if form == "pelican" else place / name)
