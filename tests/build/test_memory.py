"""A build that remembers the last one gives what a clean one gives, byte for byte, and writes only what differs."""

from __future__ import annotations

import io
import pickle
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jisr.build.build import Builder
from jisr.build.cache.serialization import CORE_PACKAGES, ValuePickler, load_value
from jisr.build.cache.text_store import TextStore, load_text_store
from jisr.build.cache.trace_store import TraceStore, load_trace_store
from jisr.build.dev_server.build_process import build_in_memory
from jisr.build.options import Options
from jisr.content import site_builder
from jisr.content.loaded_texts import LoadedBundle
from jisr.core.build.fingerprint import Fingerprinter
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.i18n.languages import Languages, build_languages
from jisr.core.model.body import Body, BodyReference
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import LinkTarget
from tests.conftest import daily

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

ROOT = Path(__file__).resolve().parents[2]
TAGS = ("en", "ar", "ckb", "kmr", "fr")
JANUARY_2013 = "1356998400"


def inodes(workplace: Workplace) -> dict[str, int]:
    """Return which file on the disk each page is."""
    return {path.relative_to(workplace.output).as_posix(): path.stat().st_ino for path in workplace.output.rglob("*.html")}


def rewritten(workplace: Workplace, before: dict[str, int]) -> set[str]:
    """Return the pages that are other files than before."""
    return {path for path, inode in inodes(workplace).items() if before.get(path) != inode}


def clean_files(workplace: Workplace) -> dict[str, bytes]:
    """Return what a build without any memory writes."""
    aside = workplace.folder / ".aside"
    (workplace.folder / ".cache").rename(aside)
    done = workplace.command("build", "--output", "clean")
    shutil.rmtree(workplace.folder / ".cache", ignore_errors=True)
    aside.rename(workplace.folder / ".cache")
    assert done.returncode == 0, done.stderr
    return workplace.files(workplace.folder / "clean")


def test_nothing_is_written_anew_where_nothing_changed(workplace: Workplace) -> None:
    """The second build of the same site keeps every page as the file it is."""
    workplace.command("build")
    before, files = inodes(workplace), workplace.files()

    assert workplace.command("build").returncode == 0

    assert rewritten(workplace, before) == set()
    assert workplace.files() == files


def test_a_sentence_changes_its_page_and_those_that_show_it(workplace: Workplace) -> None:
    """A word added at the end of a body is written to the page of that text alone, and to those that show it beside another."""
    workplace.command("build")
    before = inodes(workplace)
    text = workplace.text("ckb")
    text.write_text(text.read_text("utf-8") + "\n\nڕستەیەکی نوێ.\n", "utf-8")

    assert workplace.command("build").returncode == 0

    beside = {"ckb/statements/2026-water/with/ar/index.html", "ar/statements/2026-water/with/ckb/index.html"}
    assert rewritten(workplace, before) == {"ckb/statements/2026-water/index.html", *beside}
    assert "ڕستەیەکی نوێ" in workplace.page("ckb")


@pytest.mark.parametrize("edit", ["words", "title"])
def test_the_site_is_assembled_where_more_than_words_changed(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    """After words changed a build takes the site as the last one assembled it; after a title changed it assembles another."""
    text = workplace.text("ckb")
    text.write_text(text.read_text("utf-8") + "\n\nیەکەم.\n\nدووەم.\n", "utf-8")
    workplace.command("build")
    assembled: list[str] = []
    assemble = site_builder._assemble

    def assemble_and_note(*values: Any) -> Any:
        assembled.append(edit)
        return assemble(*values)

    monkeypatch.setattr(site_builder, "_assemble", assemble_and_note)
    for _ in range(2):
        old = text.read_text("utf-8")
        text.write_text(old.replace("title: ", "title: نوێ ", 1) if edit == "title" else f"{old}وشە\n", "utf-8")
        assert workplace.command("build").returncode == 0
    assert assembled == ([edit, edit] if edit == "title" else [])
    monkeypatch.undo()
    assert workplace.files() == clean_files(workplace)


@pytest.mark.parametrize("is_preview", [False, True])
def test_a_warning_is_told_in_the_line_where_its_words_are(
    workplace: Workplace, is_preview: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build after a line was added above a link of which it warns names the new line of the link."""
    shutil.rmtree(workplace.folder / "content")
    shutil.copytree(ROOT / "tests/sites/good/since/content", workplace.folder / "content")
    for file in (workplace.folder / "content").rglob("index.en.md"):
        file.rename(file.with_name("index.ar.md"))
    monkeypatch.chdir(workplace.folder)
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JANUARY_2013)
    text = workplace.folder / "content/statements/2012-x/index.ar.md"
    text.write_text(text.read_text("utf-8").replace("[", "أولا.\n\nثانيا.\n\n["), "utf-8")
    builder = Builder(Options("network.py"))
    for line in (9, 10, 11):
        if not is_preview:
            builder = Builder(Options("network.py"))
        assert build_in_memory(builder, ())[0] == 0
        assert f"content/statements/2012-x/index.ar.md:{line}:8: warning[link]" in capsys.readouterr().err
        text.write_text(text.read_text("utf-8").replace("\n\n[", "\nجملة.\n\n["), "utf-8")


def test_a_page_that_somebody_changed_is_written_anew(workplace: Workplace) -> None:
    """What stands in the output is trusted only as it was written."""
    workplace.command("build")
    files = workplace.files()
    page = workplace.output / "ar" / "index.html"
    page.write_text("changed", "utf-8")
    (workplace.output / "ckb" / "index.html").unlink()

    workplace.command("build")

    assert workplace.files() == files


def test_what_is_kept_is_given_back_as_it_was(tmp_path: Path) -> None:
    """Texts, bodies that say a thing twice, as the path of their file, and traces are the same values after they were kept."""
    languages = build_languages(TAGS)
    store, bodies, versions = TextStore(tmp_path), {}, []
    for tag in TAGS:
        where = f"statements/water/index.{tag}.md"
        links = tuple(BodyReference(f"{tag}-{number}.md", SourceLocation(where, number)) for number in (1, 2, 3))
        warnings = tuple(Problem.warning(link.place, "link", '"{name}" is gone.', name=link.target) for link in links)
        bodies[where] = Body(f"<p>{tag}</p>", links, frozenset({tag}), problems=warnings)
        versions.append(Document("statements", "water", languages[tag], where, tag, bodies[where].outline, locations={}))
    texts = TranslationSet("statements", "water", tuple(versions), "en")
    store.put(LoadedBundle(texts.key, {}, (), frozenset(), complete_set=texts, bodies=bodies), lambda one: one.path.encode())
    store.save(ValuePickler(languages))
    traces = TraceStore()
    traces.outputs["ar/index.html"] = (traces.encode([("body", "a"), ("kind", "news")]), {"part": (b"", 1, 2)})
    traces.answer_new(lambda asked: asked[0].encode())
    name = traces.save(tmp_path)

    kept = load_text_store(tmp_path, {str(number): name for number, name in store.chunk_names.items()}, languages)

    assert kept is not None
    assert kept.texts[texts.key].loaded.complete_set == texts
    assert dict(kept.bodies(languages)) == bodies
    assert kept.faces == {one.path: one.path.encode() for one in versions}
    assert load_trace_store(tmp_path, name) == traces


def test_what_may_have_another_answer_is_asked_again_and_nothing_else(tmp_path: Path) -> None:
    """A body may be new where it was read since the last build, or is gone; a query whose answer stands did not change."""
    languages, path, other = build_languages(TAGS), "news/dam/index.ar.md", "news/dam/index.ckb.md"
    text = Document("news", "dam", languages["ar"], path, "سد", Body("").outline, locations={})
    texts, store = TranslationSet("news", "dam", (text,), "ar"), TextStore(tmp_path)
    store.put(
        LoadedBundle(texts.key, {}, (), frozenset(), complete_set=texts, bodies={path: Body("<p>سد</p>")}), lambda _: b"1"
    )
    assert store.may_be_new(path) and store.may_be_new(other)
    store.save(ValuePickler(languages))
    assert not store.may_be_new(path)

    traces = TraceStore()
    traces.outputs["a"] = (traces.encode([("body", path)], {traces.numbers[("kind", "news")]}), {})
    traces.answer_new(lambda asked: asked[0].encode())
    traces.numbers[("page", "not asked in the last build")]
    assert {*traces.answered(["a", "b"])} == {*traces.answered()} == {0, 1}
    assert traces.find_changed(lambda asked: b"body" if asked[0] == "body" else b"new", traces.answered(["a"])) == {
        traces.numbers[("kind", "news")]: b"new"
    }


def test_a_version_is_told_from_the_same_with_other_rules() -> None:
    """A text that takes no replies since its day is over is another one than with them, though its file and status are one."""
    text = Document("news", "dam", build_languages(TAGS)["ar"], "news/dam/index.ar.md", "سد", Body("").outline, locations={})
    closed, fingerprinter = replace(text, replies=replace(text.replies, open=False)), Fingerprinter({text.path: b"1"})
    assert fingerprinter.fingerprint((text,)) == fingerprinter.fingerprint((replace(text),))
    found = [(), (text,), (closed,), (text, closed), [text], (LinkTarget("news", "dam"),), (LinkTarget("news", "", "dam"),)]
    assert len({fingerprinter.fingerprint(one) for one in found}) == len(found)


def forged(module: str, name: str) -> bytes:
    """Return a pickle that touches a file where it is believed (https://docs.python.org/3/library/pickle.html)."""
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name, "touch forged"))
    return b"\x80\x05" + next(words) + next(words) + b"\x93" + next(words) + b"\x85R."


FORGED = {
    "a function": forged("os", "system"),
    "through a module of ours": forged("jisr.build.cache.serialization", "io.os.system"),
    "through what that imports": forged("jisr.core.model.body", "re.enum.sys.modules"),
    "what a module of ours imports": forged("jisr.build.cache.serialization", "SafeUnpickler"),
}


@pytest.mark.parametrize("state", FORGED.values(), ids=list(FORGED))
def test_nothing_that_is_kept_is_run(state: bytes) -> None:
    """A file of the cache holds values: what would call or look up anything else is refused, however it is named."""
    for trusted in (CORE_PACKAGES, ("jisr.",)):
        with pytest.raises(pickle.UnpicklingError, match=r"\w\.\w"):
            load_value(io.BytesIO(state), Languages(()), trusted)


@pytest.mark.parametrize(
    "state",
    [*(pytest.param(one, marks=pytest.mark.thorough) for one in (b"", b"\x80\x05broken")), FORGED["through a module of ours"]],
)
@pytest.mark.parametrize(
    "name", daily(["traces-*.bin", "texts-*.pickle", "texts-*.bodies", "site-*.pickle", "manifest"], "texts-*.bodies")
)
def test_a_memory_that_cannot_be_read_is_no_memory(workplace: Workplace, state: bytes, name: str) -> None:
    """A broken or forged file costs time only, and nothing in it is run."""
    workplace.command("build")
    files = workplace.files()
    for file in (workplace.folder / ".cache").glob(f"build-*/{name}"):
        file.write_bytes(state)
    text = workplace.text("ar")
    text.write_text(text.read_text("utf-8") + "\nكلمة\n", "utf-8")

    assert workplace.command("build").returncode == 0

    assert workplace.files() == clean_files(workplace) != files
    assert not (workplace.folder / "forged").exists()


@pytest.mark.thorough
def test_other_settings_and_themes_are_remembered_by_themselves(workplace: Workplace) -> None:
    """A changed template, stylesheet, setting or clock counts for every page that it is seen on."""
    workplace.command("build")
    footer = workplace.own_theme() / "components" / "footer.html"
    footer.write_text(footer.read_text("utf-8").replace("<p><strong>", "<p><strong>+"), "utf-8")
    assert workplace.command("build").returncode == 0
    assert "<strong>+" in workplace.page("ar")

    workplace.state('NETWORK_NAMES = {"ar": "شبكة أخرى", "ckb": "تۆڕێکی تر", "fr": "Un autre réseau"}')
    assert workplace.command("build").returncode == 0
    assert "شبكة أخرى" in workplace.page("ar")
    assert workplace.files() == clean_files(workplace)


def _append(workplace: Workplace, chance: random.Random) -> None:
    text = workplace.text(chance.choice(["ar", "ckb"]))
    if text.is_file():
        text.write_text(text.read_text("utf-8") + f"\n\nفقرة {chance.randrange(1000)}.\n", "utf-8")


def _rename(workplace: Workplace, chance: random.Random) -> None:
    text = workplace.text("ar")
    lines = text.read_text("utf-8").split("\n")
    lines[1] = f'title: "عنوان {chance.randrange(1000)}"'
    text.write_text("\n".join(lines), "utf-8")


def _translate(workplace: Workplace, chance: random.Random) -> None:
    text = workplace.text("fr")
    if text.is_file():
        text.unlink()
    else:
        text.write_text(f"---\ntitle: L’eau {chance.randrange(1000)}\ntranslation: {{of: ar}}\n---\n\nDe l’eau.\n", "utf-8")


def _add(workplace: Workplace, chance: random.Random) -> None:
    place = workplace.folder / "content" / "news" / f"news-{chance.randrange(3)}"
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.mkdir(parents=True)
        (place / "index.ckb.md").write_text(
            "---\ntitle: هەواڵ\ndate: 2026-02-01\n---\n\n[ئاو](../../statements/2026-water/)\n", "utf-8"
        )


def _touch(workplace: Workplace, chance: random.Random) -> None:
    workplace.text("ar").touch()


EDITS: tuple[Callable[[Workplace, random.Random], None], ...] = (_append, _rename, _translate, _add, _touch)


@pytest.mark.thorough  # long
@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.thorough) for one in (1, 2))])
def test_whatever_is_edited_a_build_equals_a_clean_one(workplace: Workplace, seed: int) -> None:
    """After each edit (body, title, language, a text added or removed) the bytes are those of a clean build."""
    chance = random.Random(seed)
    workplace.command("build")
    for _ in range(4):
        edit = chance.choice(EDITS)
        edit(workplace, chance)
        done = workplace.command("build")
        assert done.returncode == 0, done.stderr
        assert workplace.files() == clean_files(workplace), edit.__name__


def test_a_folder_that_cannot_be_written_costs_the_memory_only(workplace: Workplace) -> None:
    """A build needs no cache folder."""
    (workplace.folder / ".cache").write_text("a file", "utf-8")

    assert workplace.command("build").returncode == 0
    assert Path(workplace.folder / ".cache").is_file()
