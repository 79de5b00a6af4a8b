"""The configuration of the web editor: its backend, the languages of the site, and a form for each kind of text.

See https://sveltiacms.app/en/docs/config-basics for its options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.i18n.language_names import language_name
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema.field_types import BooleanValue, FieldType, Kind
from jisr.editing.model.vocabulary import load_vocabulary
from jisr.editing.web.forms import SOURCE_KEY, TAG_KEY, FormBuilder, FormField, shorthand_fields

HOSTS = ("github", "gitlab", "gitea")  # gitea is Forgejo, too
WORKFLOW_HOSTS = ("github", "gitlab")  # where the editor can propose a change and wait for a review
TEST_BACKEND = "test-repo"  # in the browser alone: to try, and for tests
FORMAT = "jisr"  # the name under which program/editor.js reads and writes our files
BODY = "body"
_ID = "^[a-z0-9]+(-+[a-z0-9]+)*$"
_REPOSITORY = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
LEADING_FIELDS = ("title", "translation", "date", "summary")  # above the text


def parse_backend(value: Any, place: SourceLocation) -> Mapping[str, object] | None:
    """Return the setting EDITOR, or None where it is empty. Raises ProblemsError where it is not valid.

    Besides ``name`` and ``repo`` it may have all options of a backend: https://sveltiacms.app/en/docs/backends.

    >>> parse_backend({"name": "gitlab", "repo": "tora/malper"}, SourceLocation("pelicanconf.py"))
    {'name': 'gitlab', 'repo': 'tora/malper'}
    """
    if not value:
        return None
    if not isinstance(value, Mapping):
        text = 'EDITOR is "{value}". Write it as {{"name": "github", "repo": "owner/name"}}.'
        raise ProblemsError(Problem.error(place, "setting", text, value=value))
    name, repository = value.get("name"), value.get("repo")
    if name not in (*HOSTS, TEST_BACKEND):
        text = 'EDITOR has the name "{value}". It may be {known}.'
        names = ", ".join(f'"{one}"' for one in (*HOSTS, TEST_BACKEND))
        raise ProblemsError(Problem.error(place, "setting", text, value=name, known=names))
    if name != TEST_BACKEND and not (isinstance(repository, str) and _REPOSITORY.fullmatch(repository)):
        text = 'EDITOR has the repo "{value}". Write whose it is and what it is called, as "owner/name".'
        raise ProblemsError(Problem.error(place, "setting", text, value=repository or ""))
    return value


def build_configuration(site: Site, language: Language, backend: Mapping[str, object]) -> FormField:
    """Return the configuration that ``program/editor.js`` loads for a language, in which new texts begin."""
    words = load_vocabulary(language)
    builder = FormBuilder(site, words)
    tags = [language.tag, *(one.tag for one in site.languages if one != language)]
    config = {
        "load_config_file": False,
        "backend": dict(backend),
        "publish_mode": "editorial_workflow" if backend["name"] in WORKFLOW_HOSTS else "simple",
        "site_url": site.url,
        "app_title": site.network.text_in(site.network.names, language, site.languages).text,
        "media_folder": "content",
        "i18n": {"structure": "multiple_files", "locales": tags, "default_locale": language.tag, "initial_locales": "default"},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": [one for kind in site.kinds for one in _build_collections(kind, builder)],
    }
    shorthands = {path: name for kind in site.kinds for path, name in shorthand_fields(kind.fields).items()}
    inherited = {field.name: field.inherited for kind in site.kinds for field in kind.fields}
    off = sorted({field.name for kind in site.kinds for field in kind.fields if is_off(field.type)})
    names = {one.tag: language_name(one, language) for one in site.languages}
    told = {"short": shorthands, "inherited": inherited, "off": off, "names": names}
    return {"tag": language.tag, "config": config, **told}


def is_off(type_: FieldType) -> bool:
    """Whether a value is false where a file does not state it."""
    return isinstance(type_, BooleanValue) and not type_.default


def _build_collections(kind: Kind, builder: FormBuilder) -> Iterator[FormField]:
    """Return the collection of a kind; of posts one for the folder of each member."""
    words = builder.words
    if kind.name != "posts":
        yield _build_collection(kind, kind.name, f"content/{kind.name}", words.plural(kind.name), builder)
        return
    for member in builder.site.of_kind("members"):
        label = f"{words.plural(kind.name)}: {member.best_for(builder.site.languages[words.language]).title}"
        yield _build_collection(kind, f"posts-{member.id}", f"content/posts/{member.id}", label, builder)


def _build_collection(kind: Kind, name: str, folder: str, label: str, builder: FormBuilder) -> FormField:
    words, hint = builder.words, builder.plain_hint(builder.words.editor["id"])
    leading = [field for field in map(kind.get, LEADING_FIELDS) if field]
    others = [field for field in kind.fields if field not in leading]
    return {
        "name": name,
        "label": label,
        "label_singular": words.singular(kind.name),
        "folder": folder,
        "path": "{{slug}}/index",
        "format": FORMAT,
        # In the folder of the text: only the name of a file is written.
        "media_folder": "",
        "public_folder": "",
        "slug": {"editable": ["create"], "hint": hint, "pattern": [_ID, hint]},
        "i18n": True,
        "fields": [
            {"name": TAG_KEY, "widget": "hidden", "default": "{{locale}}", "i18n": True},
            {"name": SOURCE_KEY, "widget": "hidden", "i18n": False},
            *builder.field_forms(leading),
            _body_field(builder),
            *builder.field_forms(others),
        ],
    }


def _body_field(builder: FormBuilder) -> FormField:
    # The Markdown as typed: a WYSIWYG mode would rewrite lists, notes and tables in its own way.
    return {
        "name": BODY,
        "label": builder.words.editor["body"],
        "hint": builder.hint(builder.words.editor["body_hint"]),
        "widget": "richtext",
        "modes": ["raw"],
        "required": False,
        "i18n": True,
    }
