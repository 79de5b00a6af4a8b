"""Snippets for Visual Studio Code: a text of each kind, a translation, and each field, in the words of each language.

See https://code.visualstudio.com/docs/editing/userdefinedsnippets for the meaning of ``$`` and braces in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import Field
from jisr.core.schema.kinds import Kind
from jisr.editing.model.vocabulary import Vocabulary, load_vocabulary
from jisr.editing.new.field_examples import ExampleValues

SNIPPETS_FILE = "jisr.code-snippets"
TODAY_VARIABLE = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}"
_SAMPLE_TIME = datetime(2012, 2, 9, 12, tzinfo=UTC)  # any day: it becomes the variables of the date of use
_PLACEHOLDER = re.compile(r'"…"')

Snippet = Mapping[str, object]


def build_snippets(site: Site) -> str:
    """Return the file of snippets; the prefix that inserts one is its name in English, or in its language.

    Examples have no ids of the texts of the site, so that a new text changes no snippet.
    """
    snippets = {title: body for language in site.languages for title, body in _language_snippets(site, language)}
    return json.dumps(snippets, ensure_ascii=False, indent=2) + "\n"


def _language_snippets(site: Site, language: Language) -> Iterator[tuple[str, Snippet]]:
    words, examples = load_vocabulary(language), ExampleValues(replace(site, sets={}, now=_SAMPLE_TIME), language.tag)
    snippets = [_kind_snippet(kind, words, examples) for kind in site.kinds]
    snippets.append(_translation_snippet(words, examples))
    snippets += [_field_snippet(field, words, examples) for field in unique_fields(site.kinds)]
    yield from ((f"{title} ({language.tag})", body) for title, body in snippets)


def unique_fields(site_kinds: Iterable[Kind]) -> Iterator[Field]:
    """Return each field of all kinds once, but for those in the snippets of whole texts."""
    names = {"title", "translation"}
    for kind in site_kinds:
        for field in kind.fields:
            if field.name not in names:
                names.add(field.name)
                yield field


def _kind_snippet(kind: Kind, words: Vocabulary, examples: ExampleValues) -> tuple[str, Snippet]:
    """Return the snippet of a text: its title, and the other required fields of an original."""
    required = [line for one in kind.fields if one.required and one.name != "title" for line in examples.field_lines(one)]
    body = ["---", 'title: "…"', *required, "---", "", "$0"]
    title = f"new {kind.singular}"
    return title, _build_snippet([title.replace(" ", "-"), words.singular(kind.name)], body, words.plural(kind.name), examples)


def _translation_snippet(words: Vocabulary, examples: ExampleValues) -> tuple[str, Snippet]:
    others = ",".join(one.tag for one in examples.site.languages if one.tag != examples.tag) or examples.tag
    body = ["---", 'title: "…"', f'translation: {{of: ${{2|{others}|}}, by: ["…"]}}', "---", "", "$0"]
    meaning = words.meaning("translation")
    return "translation", _build_snippet(["translation", words.label("translation")], body, meaning, examples)


def _field_snippet(field: Field, words: Vocabulary, examples: ExampleValues) -> tuple[str, Snippet]:
    body = examples.field_lines(field)
    if isinstance(field.type, field_types.Enumeration):
        body = [f"{field.name}: ${{1|{','.join(field.type.values)}|}}"]
    return field.name, _build_snippet([field.name, words.label(field.name)], body, words.meaning(field.name), examples)


def _build_snippet(prefix: list[str], body: list[str], description: str, examples: ExampleValues) -> Snippet:
    """Return a snippet: each ellipsis of the body becomes a tab stop, each date that of its use."""
    text = "\n".join(body).replace(examples.site.today.isoformat(), TODAY_VARIABLE)
    used = {int(number) for number in re.findall(r"\$\{(\d+)\|", text)}
    numbers = (number for number in count(1) if number not in used)
    numbered = _PLACEHOLDER.sub(lambda _: f'"${{{next(numbers)}:…}}"', text)
    prefixes = [f"{prefix[0]}-{examples.tag}", *dict.fromkeys(prefix[1:])]
    return {"scope": "markdown", "prefix": prefixes, "body": numbered.split("\n"), "description": description}
