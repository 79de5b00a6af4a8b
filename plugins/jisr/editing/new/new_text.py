"""``inv new``: the file that a new text begins with."""

from __future__ import annotations

from pathlib import Path

from jisr.core.diagnostics.problems import Place, Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.kinds import Field, Kind
from jisr.editing.editing_context import Desk
from jisr.editing.new.field_examples import Sampler, quoted
from jisr.editing.new.field_help import wording
from jisr.editing.text_reference import kind_named, language_named, new_id


@dataclass(frozen=True, slots=True)
class NewText:
    """What an editor asks for: a kind, an id, a language, and a title where it is known already."""

    kind: str
    id: str
    tag: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A file that is to be written: where it lies, how the editor calls it, and what it says."""

    file: Path
    path: str
    text: str


def start(asked: NewText, desk: Desk) -> Page:
    """Give the file of a new text. Raises ProblemsError where kind, id or language are none, or the id is taken."""
    kind = kind_named(asked.kind, desk)
    identity = new_id(kind, asked.id, desk)
    path = desk.path(kind.name, identity)
    language = language_named(asked.tag, desk, path)
    folder = desk.folder(kind.name, identity)
    found = sorted(file.name for file in folder.glob("index.*.md")) if folder.is_dir() else []
    if found:
        text = '"{id}" is taken: {file} is there. Choose another id, or translate that text with inv translate {path} {tag}.'
        short = f"{kind.name}/{identity}"
        raise ProblemsError(Problem.error(Place(path), "taken", text, id=identity, file=found[0], path=short, tag=language.tag))
    title = _title(asked, identity, path)
    return Page(folder / f"index.{language.tag}.md", f"{path}/index.{language.tag}.md", first_text(kind, language, title, desk))


def _title(asked: NewText, identity: str, path: str) -> str:
    """Give the title that was asked for, or the words of the id, which say in a listing what is to be mended."""
    try:
        asked.title.encode("utf-8")
    except UnicodeEncodeError:
        text = "The title is not text in UTF-8. Type it again, or write it into the file."
        raise ProblemsError(Problem.error(Place(path), "encoding", text)) from None
    return asked.title if asked.title.strip() else identity.rsplit("/", maxsplit=1)[-1].replace("-", " ")


def first_text(kind: Kind, language: Language, title: str, desk: Desk) -> str:
    """Give what a new file says: the fields it needs, and those it may have behind a ``#``, each with a word about it."""
    words, sampler = wording(language), Sampler(desk.site, language.tag)
    needed = [one for one in kind.fields if one.required]
    others = [one for one in kind.fields if not one.required and one.name != "translation"]
    lines = ["---"]
    for one in needed:
        value = [f"title: {quoted(title)}"] if one.name == "title" else sampler.lines(one)
        lines += [*_said(one, words.get(one.name, "")), *value]
    lines += ["", f"# {words['needed']}"]
    for one in others:
        lines += ["", *_said(one, words.get(one.name, "")), *(f"#{line}" for line in sampler.lines(one))]
    return "\n".join([*lines, "---", "", f"<!-- {words['body']} -->", ""])


def _said(one: Field, sentence: str) -> list[str]:
    return [f"# {sentence}"] if sentence else []
