"""Snippets for Visual Studio Code: a text of each kind, a translation, and each field, in the words of each language.

See https://code.visualstudio.com/docs/editing/userdefinedsnippets for what ``$`` and braces mean in them.
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
from jisr.core.schema import kinds
from jisr.core.schema.kinds import Field, Kind
from jisr.editing.model.vocabulary import Vocabulary, load_vocabulary
from jisr.editing.new.field_examples import ExampleValues

TODAY_VARIABLE = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}"
_SAMPLE_TIME = datetime(2012, 2, 9, 12, tzinfo=UTC)  # any day: it stands for the day on which a snippet is used
_PLACEHOLDER = re.compile(r'"…"')

Snippet = Mapping[str, object]


def snippet_file_name(language: Language) -> str:
    """Return what the file of a language is called.

    >>> from jisr.core.i18n.languages import build_languages
    >>> snippet_file_name(build_languages(["ckb"])["ckb"])
    'jisr.ckb.code-snippets'
    """
    return f"jisr.{language.tag}.code-snippets"


def build_snippets(site: Site, language: Language) -> str:
    """Return the file of a language; what is typed to get a snippet is its name here, or in that language.

    The texts of the site are left out of the examples, so that a new one changes no snippet.
    """
    words, sampler = load_vocabulary(language), ExampleValues(replace(site, sets={}, now=_SAMPLE_TIME), language.tag)
    snippets = [_kind_snippet(kind, words, sampler) for kind in site.kinds]
    snippets.append(_translation_snippet(words, sampler))
    snippets += [_field_snippet(field, words, sampler) for field in unique_fields(site.kinds)]
    entries = {f"{title} ({language.tag})": body for title, body in snippets}
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def unique_fields(kinds_: Iterable[Kind]) -> Iterator[Field]:
    """Return each field of all kinds once, but for those that stand in the snippets of whole texts."""
    names = {"title", "translation"}
    for kind in kinds_:
        for field in kind.fields:
            if field.name not in names:
                names.add(field.name)
                yield field


def _kind_snippet(kind: Kind, words: Vocabulary, sampler: ExampleValues) -> tuple[str, Snippet]:
    """Return what a text needs: its title, and the fields that an original must have."""
    required = [line for one in kind.fields if one.required and one.name != "title" for line in sampler.field_lines(one)]
    body = ["---", 'title: "…"', *required, "---", "", "$0"]
    title = f"new {kind.singular}"
    return title, _build_snippet([title.replace(" ", "-"), words.singular(kind.name)], body, words.plural(kind.name), sampler)


def _translation_snippet(words: Vocabulary, sampler: ExampleValues) -> tuple[str, Snippet]:
    others = ",".join(one.tag for one in sampler.site.languages if one.tag != sampler.tag) or sampler.tag
    body = ["---", 'title: "…"', f'translation: {{of: ${{2|{others}|}}, by: ["…"]}}', "---", "", "$0"]
    meaning = words.meaning("translation")
    return "translation", _build_snippet(["translation", words.label("translation")], body, meaning, sampler)


def _field_snippet(field: Field, words: Vocabulary, sampler: ExampleValues) -> tuple[str, Snippet]:
    body = sampler.field_lines(field)
    if isinstance(field.type, kinds.Enumeration):
        body = [f"{field.name}: ${{1|{','.join(field.type.values)}|}}"]
    return field.name, _build_snippet([field.name, words.label(field.name)], body, words.meaning(field.name), sampler)


def _build_snippet(prefix: list[str], body: list[str], description: str, sampler: ExampleValues) -> Snippet:
    """Return a snippet: each gap of the body is a place to fill in, each day that of its use."""
    text = "\n".join(body).replace(sampler.site.today.isoformat(), TODAY_VARIABLE)
    used = {int(number) for number in re.findall(r"\$\{(\d+)\|", text)}
    numbers = (number for number in count(1) if number not in used)
    numbered = _PLACEHOLDER.sub(lambda _: f'"${{{next(numbers)}:…}}"', text)
    prefixes = [f"{prefix[0]}-{sampler.tag}", *dict.fromkeys(prefix[1:])]
    return {"scope": "markdown", "prefix": prefixes, "body": numbered.split("\n"), "description": description}
