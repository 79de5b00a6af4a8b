"""``inv new``: the file that a new text begins with."""

from __future__ import annotations

from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.field_types import Field
from jisr.core.schema.kinds import Kind
from jisr.editing.editing_context import EditingContext
from jisr.editing.new.field_examples import ExampleValues, quote_yaml
from jisr.editing.new.field_help import load_field_help
from jisr.editing.text_reference import check_new_id, find_kind, find_language


@dataclass(frozen=True, slots=True)
class NewTextOptions:
    """What an editor asks for: a kind, an id, a language, and a title where it is known already."""

    kind: str
    id: str
    tag: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file that is to be written: where it lies, how the editor calls it, and what it says."""

    file: Path
    path: str
    text: str


def create_text_file(asked: NewTextOptions, desk: EditingContext) -> PendingFile:
    """Return the file of a new text. Raises ProblemsError where kind, id or language are none, or the id is taken."""
    kind = find_kind(asked.kind, desk)
    identity = check_new_id(kind, asked.id, desk)
    path = desk.display_path_of(kind.name, identity)
    language = find_language(asked.tag, desk, path)
    folder = desk.folder(kind.name, identity)
    found = sorted(file.name for file in folder.glob("index.*.md")) if folder.is_dir() else []
    if found:
        text = '"{id}" is taken: {file} is there. Choose another id, or translate that text with inv translate {path} {tag}.'
        short = f"{kind.name}/{identity}"
        raise ProblemsError(
            Problem.error(SourceLocation(path), "taken", text, id=identity, file=found[0], path=short, tag=language.tag)
        )
    title = _initial_title(asked, identity, path)
    return PendingFile(
        folder / f"index.{language.tag}.md", f"{path}/index.{language.tag}.md", initial_content(kind, language, title, desk)
    )


def _initial_title(asked: NewTextOptions, identity: str, path: str) -> str:
    """Return the title that was asked for, or the words of the id, which say in a listing what is to be mended."""
    try:
        asked.title.encode("utf-8")
    except UnicodeEncodeError:
        text = "The title is not text in UTF-8. Type it again, or write it into the file."
        raise ProblemsError(Problem.error(SourceLocation(path), "encoding", text)) from None
    return asked.title if asked.title.strip() else identity.rsplit("/", maxsplit=1)[-1].replace("-", " ")


def initial_content(kind: Kind, language: Language, title: str, desk: EditingContext) -> str:
    """Return what a new file says: the fields it needs, and those it may have behind a ``#``, each with a word about it."""
    words, sampler = load_field_help(language), ExampleValues(desk.site, language.tag)
    needed = [one for one in kind.fields if one.required]
    others = [one for one in kind.fields if not one.required and one.name != "translation"]
    lines = ["---"]
    for one in needed:
        value = [f"title: {quote_yaml(title)}"] if one.name == "title" else sampler.field_lines(one)
        lines += [*_comment_lines(one, words.get(one.name, "")), *value]
    lines += ["", f"# {words['needed']}"]
    for one in others:
        lines += ["", *_comment_lines(one, words.get(one.name, "")), *(f"#{line}" for line in sampler.field_lines(one))]
    return "\n".join([*lines, "---", "", f"<!-- {words['body']} -->", ""])


def _comment_lines(one: Field, sentence: str) -> list[str]:
    return [f"# {sentence}"] if sentence else []
