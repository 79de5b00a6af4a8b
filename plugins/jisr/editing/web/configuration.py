"""What the web editor is told of the site: its backend, its languages, and a form for each kind of text.

See https://sveltiacms.app/en/docs/config-basics for what may be stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema.field_types import Field
from jisr.core.schema.kinds import Kind
from jisr.editing.model.vocabulary import load_vocabulary
from jisr.editing.web.forms import SOURCE_KEY, TAG_KEY, FormBuilder, FormField, shorthand_fields

FORMAT = "jisr"  # the name under which program/editor.js reads and writes our files
WORKFLOW_HOSTS = ("github", "gitlab")  # where the editor can propose a change and wait for a review
BODY = "body"
_ID = "^[a-z0-9]+(-+[a-z0-9]+)*$"
LEADING_FIELDS = ("title", "translation", "date", "summary")


def build_configuration(site: Site, language: Language, backend: Mapping[str, object]) -> FormField:
    """Return what ``program/editor.js`` starts with, for those who work in a language: new texts begin in it."""
    words = load_vocabulary(language)
    former = FormBuilder(site, words)
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
        "collections": [one for kind in site.kinds for one in _build_collections(kind, former)],
    }
    stated = {name: value for kind in site.kinds for name, value in shorthand_fields(kind.fields).items()}
    inherited = {field.name: field.inherited for kind in site.kinds for field in kind.fields}
    return {"tag": language.tag, "config": config, "short": stated, "inherited": inherited}


def _build_collections(kind: Kind, former: FormBuilder) -> Iterator[FormField]:
    """Return the collection of a kind; of posts one for each member, in whose folder they lie."""
    words = former.words
    if kind.name != "posts":
        yield _build_collection(kind, kind.name, f"content/{kind.name}", words.plural(kind.name), former)
        return
    for member in former.site.of_kind("members"):
        label = f"{words.plural(kind.name)}: {member.best_for(former.site.languages[words.language]).title}"
        yield _build_collection(kind, f"posts-{member.id}", f"content/posts/{member.id}", label, former)


def _build_collection(kind: Kind, name: str, folder: str, label: str, former: FormBuilder) -> FormField:
    words, said = former.words, former.isolate(former.words.editor["id"])
    return {
        "name": name,
        "label": label,
        "label_singular": words.singular(kind.name),
        "folder": folder,
        "path": "{{slug}}/index",
        "format": FORMAT,
        # Beside the text: the name of a file is all that is written.
        "media_folder": "",
        "public_folder": "",
        "slug": {"editable": ["create"], "hint": said, "pattern": [_ID, said]},
        "i18n": True,
        "fields": [
            *_hidden_fields(),
            *former.field_forms(_leading_fields(kind)),
            _body_field(former),
            *former.field_forms(_remaining_fields(kind)),
        ],
    }


def _leading_fields(kind: Kind) -> list[Field]:
    """Return the fields that stand above the text."""
    found = (kind.get(name) for name in LEADING_FIELDS)
    return [one for one in found if one]


def _remaining_fields(kind: Kind) -> list[Field]:
    return [one for one in kind.fields if one.name not in LEADING_FIELDS]


def _hidden_fields() -> list[FormField]:
    return [
        {"name": TAG_KEY, "widget": "hidden", "default": "{{locale}}", "i18n": True},
        {"name": SOURCE_KEY, "widget": "hidden", "i18n": False},
    ]


def _body_field(former: FormBuilder) -> FormField:
    # As it is typed: an editor that shows letters as they will look would write lists, notes and tables anew in its own way.
    return {
        "name": BODY,
        "label": former.words.editor["body"],
        "hint": former.isolate(former.words.editor["body_hint"]),
        "widget": "richtext",
        "modes": ["raw"],
        "required": False,
        "i18n": True,
    }
