"""The fields of every kind as tables in Markdown, for the handbooks: ``content/FIELDS.<lang>.md``."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import Field, FieldType
from jisr.core.schema.kinds import COMMON_FIELDS
from jisr.editing.model.vocabulary import Vocabulary, load_vocabulary

MODEL_COMMAND = "`inv model`"


def table_file_name(language: Language) -> str:
    """Return the name of the file of a language.

    >>> from jisr.core.i18n.languages import build_languages
    >>> table_file_name(build_languages(["ckb"])["ckb"])
    'FIELDS.ckb.md'
    """
    return f"FIELDS.{language.tag}.md"


def build_tables(site: Site, language: Language) -> str:
    """Return the file of a language: the fields of every kind, then the further ones of each."""
    words = load_vocabulary(language)
    lines = [f'<div lang="{words.language}" dir="{site.languages[language.tag].direction}">', ""]
    lines += [f"# {words.table['heading']}", "", words.table["intro"], ""]
    lines += [f"## {words.table['everywhere']}", "", *_build_table(COMMON_FIELDS, words, site)]
    shared = {one.name for one in COMMON_FIELDS}
    for kind in site.kinds:
        own = tuple(one for one in kind.fields if one.name not in shared)
        if own:
            lines += ["", f"## {words.plural(kind.name)}: `{kind.name}`", "", *_build_table(own, words, site)]
    return "\n".join([*lines, "", "---", "", words.table["made"].format(command=MODEL_COMMAND), "", "</div>", ""])


def _build_table(fields: tuple[Field, ...], words: Vocabulary, site: Site) -> Iterator[str]:
    head = words.table
    yield f"| {head['field']} | {head['label']} | {head['value']} | {head['meaning']} |"
    yield "|---|---|---|---|"
    for path, field in flatten_fields(fields):
        meaning = [words.meaning(path)] if "." not in path else []
        if field.required:
            meaning.append(f"**{head['needed' if '.' in path or not field.inherited else 'original']}**")
        elif "." not in path and not field.inherited and path != "translation":
            meaning.append(head["own"])
        cell = " · ".join(part for part in meaning if part)
        yield f"| `{path}` | {words.label(path)} | {words.type_description(field.type, site)} | {cell} |"


def flatten_fields(fields: tuple[Field, ...], above: str = "") -> Iterator[tuple[str, Field]]:
    """Return each field with its path, a group before the fields in it.

    >>> from jisr.core.schema import kinds
    >>> [path for path, _ in flatten_fields((Field("cover", kinds.COVER, field_types.Outputs()),))]
    ['cover', 'cover.file', 'cover.alt', 'cover.caption', 'cover.credit']
    """
    for field in fields:
        yield above + field.name, field
        if group := nested_group(field.type):
            yield from flatten_fields(group.fields, f"{above}{field.name}.")


def nested_group(type_: FieldType) -> field_types.FieldGroup | None:
    """Return the group that is the type of a field, of the items of its list, or of its structured shape."""
    if isinstance(type_, field_types.ListOf):
        return nested_group(type_.item)
    if isinstance(type_, field_types.Either):
        return nested_group(type_.structured)
    return type_ if isinstance(type_, field_types.FieldGroup) else None
