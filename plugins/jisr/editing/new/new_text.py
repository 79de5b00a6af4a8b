"""``inv new``: the file of a new text."""

from __future__ import annotations

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.field_types import Field, Kind
from jisr.editing.arguments import check_new_id, find_kind, find_language
from jisr.editing.editing_context import EditingContext
from jisr.editing.file_writer import PendingFile
from jisr.editing.new.field_examples import ExampleValues
from jisr.editing.new.field_help import load_field_help
from jisr.editing.source_edits import quote_yaml


@dataclass(frozen=True, slots=True)
class NewTextOptions:
    """The options of ``inv new``: a kind, an id, a language, and a title, which may be empty."""

    kind: str
    id: str
    tag: str
    title: str = ""


def create_text_file(options: NewTextOptions, context: EditingContext) -> PendingFile:
    """Return the file of a new text. Raises ProblemsError where kind, id or language are not valid, or the id is taken."""
    kind = find_kind(options.kind, context)
    identity = check_new_id(kind, options.id, context)
    path = context.display_path_of(kind.name, identity)
    language = find_language(options.tag, context, path)
    folder = context.folder(kind.name, identity)
    names = sorted(file.name for file in folder.glob("index.*.md")) if folder.is_dir() else []
    if names:
        text = '"{id}" is taken: {file} is there. Choose another id, or translate that text with inv translate {path} {tag}.'
        values = {"id": identity, "file": names[0], "path": f"{kind.name}/{identity}", "tag": language.tag}
        raise ProblemsError(Problem.error(SourceLocation(path), "taken", text, **values))
    name, title = f"index.{language.tag}.md", _initial_title(options, identity, path)
    return PendingFile(folder / name, f"{path}/{name}", initial_content(kind, language, title, context))


def _initial_title(options: NewTextOptions, identity: str, path: str) -> str:
    """Return the title of the options, or the words of the id, which show in a listing that the title is to be written."""
    try:
        options.title.encode("utf-8")
    except UnicodeEncodeError:
        text = "The title is not text in UTF-8. Type it again, or write it into the file."
        raise ProblemsError(Problem.error(SourceLocation(path), "encoding", text)) from None
    return options.title if options.title.strip() else identity.rsplit("/", maxsplit=1)[-1].replace("-", " ")


def initial_content(kind: Kind, language: Language, title: str, context: EditingContext) -> str:
    """Return the content of a new file: required fields, and optional ones commented out, each with its help."""
    words, examples = load_field_help(language), ExampleValues(context.site, language.tag)
    required = [one for one in kind.fields if one.required]
    others = [one for one in kind.fields if not one.required and one.name != "translation"]
    lines = ["---"]
    for one in required:
        value = [f"title: {quote_yaml(title)}"] if one.name == "title" else examples.field_lines(one)
        lines += [*_comment_lines(one, words.get(one.name, "")), *value]
    lines += ["", f"# {words['needed']}"]
    for one in others:
        lines += ["", *_comment_lines(one, words.get(one.name, "")), *(f"#{line}" for line in examples.field_lines(one))]
    return "\n".join([*lines, "---", "", f"<!-- {words['body']} -->", ""])


def _comment_lines(one: Field, sentence: str) -> list[str]:
    return [f"# {sentence}"] if sentence else []
