"""Names of fields as other programs and languages have them, and fields that lost the space or comma between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.schema import field_types
from jisr.core.schema.raw_values import RawMapping, RawNode, RawScalar
from jisr.core.schema.validation_context import FrontMatterValidation, suggest_word
from jisr.core.schema.value_forms import format_value
from jisr.core.schema.yaml_text import format_scalar, split_fields

# By the field here, in the order in which they are tried. In small letters, with _ for - and spaces.
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "title": "headline heading titre العنوان عنوان سەردێڕ ناونیشان sernav",
        "date": "publishdate published_at date_published pubdate publish_date date_created created created_at التاريخ بەروار "
        "dîrok dirok",
        "modified": "updated updated_at lastmod last_modified last_modified_at modified_at date_modified last_updated",
        "summary": "description desc excerpt abstract subtitle lead teaser intro résumé chapeau الملخص "
        "الملخّص الوصف پوختە kurte",
        "authors": "author by byline creator writer auteur auteurs الكاتب المؤلف الكتاب نووسەر nivîskar",
        "topics": "topic tags tag category categories keywords keyword subject subjects labels thème thèmes étiquettes "
        "الموضوع المواضيع الوسوم التصنيف بابەت mijar",
        "cover": "image images picture thumbnail featured_image feature_image featuredimage cover_image header_image photo "
        "hero banner img الصورة وێنە wêne",
        "photos": "gallery pictures",
        "attachments": "files documents downloads enclosures",
        "aliases": "alias redirect_from redirects old_urls",
        "expires": "expirydate expiry expiry_date unpublish_date unpublishdate",
        "menu": "weight order menu_order nav_order",
        "site": "website homepage url",
        "event": "start end location venue",
        "file": "src path image picture photo filename url",
        "caption": "legend legende légende figcaption",
        "alt": "description title text alternative",
        "credit": "copyright source by author photographer",
        "organisation": "organization org affiliation company",
        "name": "title who",
        "place": "location venue where المكان",
        "start": "begin begins from date",
        "end": "ends until to",
        "of": "from source original",
        "by": "translator translators",
    }
)
_ADDRESS_NAMES = ("slug", "permalink", "url", "id", "path", "identifier")
_LANGUAGE_NAMES = ("lang", "language", "locale", "langue", "اللغة", "زمان", "ziman")
_KIND_NAMES = ("layout", "type", "kind", "template", "post_type", "section")
_PARTS = {  # of a translation
    "of": ("original", "translation_of", "translated_from", "source", "source_language", "original_language"),
    "by": ("translator", "translators", "translated_by", "المترجم", "وەرگێڕ", "wergêr", "traducteur", "traductrice"),
}
_DRAFT_NAMES = {"draft": "true", "published": "false", "publish": "false", "private": "true"}  # and the value for a draft
SEVERAL_FIELDS = '"{value}" holds several fields as words. Write the whole as {right}.'
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def suggest_field(
    key: RawScalar, node: RawNode, fields: tuple[field_types.Field, ...], entries: RawMapping, form: FrontMatterValidation
) -> Phrase | str:
    """Return what to do about a field that its owner lacks: the field of that meaning with its value, if there is one."""
    declared = {one.name: one for one in fields}
    word = re.sub(r"[ -]+", "_", key.text.strip().casefold())
    if "status" in declared and word in _DRAFT_NAMES and isinstance(node, RawScalar) and node.text.lower() in (*_TRUE, *_FALSE):
        is_draft = (node.text.lower() in _TRUE) == (_DRAFT_NAMES[word] == "true")
        return phrase("Write {right}. ", right="status: draft") if is_draft else phrase("Take the line out. ")
    name = next((name for name in declared if word == name or word in _OTHER_NAMES.get(name, "").split()), "")
    if not name and "translation" in declared and (part := next((one for one, words in _PARTS.items() if word in words), "")):
        return _suggest_translation(part, declared["translation"], node, entries, form)
    if not name and {"name", "organisation"} <= declared.keys() and isinstance(node, RawScalar) and not node.empty:
        return phrase("Write {right}. ", right=f"{{name: {format_scalar(key.text)}, organisation: {format_scalar(node.text)}}}")
    if not name and "title" in declared:
        if word in _ADDRESS_NAMES:
            return phrase("The name of the folder is the address: take the line out. ")
        if word in _LANGUAGE_NAMES:
            return phrase(
                "The name of the file says the language, as index.{tag}.md: take the line out. ", tag=form.language.tag
            )
        if word in _KIND_NAMES:
            return phrase("The folder says what kind of text it is: take the line out. ")
    if not name:
        return suggest_word(key.text, declared)
    if any(one.text == name for one, _ in entries):
        return phrase('Here it is "{field}", which stands there, too: take one of them out. ', field=name)
    value = format_value(declared[name].type, node, form)
    if name == "event" and word != name:
        inner = format_scalar(node.text) if isinstance(node, RawScalar) else "…"
        value = f"{{place: {{name: {inner}}}}}" if word in ("location", "venue") else f"{{{word}: {inner}}}"
    return phrase("Write {right}. ", right=f"{name}: {value}")


def _suggest_translation(
    part: str, field: field_types.Field, node: RawNode, entries: RawMapping, form: FrontMatterValidation
) -> Phrase:
    """Return the hint for the language or the translator of a text, which stand in ``translation``."""
    group = field.type
    types = {one.name: one.type for one in group.fields} if isinstance(group, field_types.FieldGroup) else {}
    stated = next((value for key, value in entries if key.text == "translation"), None)
    of = (
        next((one.text for key, one in stated if key.text == "of" and isinstance(one, RawScalar)), "…")
        if isinstance(stated, RawMapping)
        else "…"
    )
    value = format_value(types[part], node, form)
    return phrase(
        "Write {right}. ", right=f"translation: {{of: {value}}}" if part == "of" else f"translation: {{of: {of}, by: {value}}}"
    )


def split_joined_fields(group: tuple[field_types.Field, ...], entries: RawMapping, form: FrontMatterValidation) -> RawMapping:
    """Return a mapping whose fields are apart, with an error where a comma or a space between two of them is missing."""
    parts: list[tuple[RawScalar, RawNode]] = []
    stated = {key.text for key, _ in entries}
    names = [one.name for one in group]
    for key, node in entries:
        text = f"{key.text}: {node.text}" if isinstance(node, RawScalar) and not node.quoted else ""
        split = split_fields(text, names) if text else {}
        if len(split) > 1 and not (set(split) - {key.text}) & stated:
            parts += [(replace(key, text=one), replace(key, text=value, quoted=False)) for one, value in split.items()]
        else:
            parts.append((key, node))
    if len(parts) == len(entries.entries):
        return entries
    whole = replace(entries, entries=tuple(parts))
    values = ", ".join(f"{key.text}: {format_scalar(one.text)}" for key, one in parts if isinstance(one, RawScalar))
    first = next(node for key, node in entries if (key, node) not in parts)
    value = first.text if isinstance(first, RawScalar) else ""
    form.error(first.place, "type", SEVERAL_FIELDS, value=value, right=f"{{{values}}}")
    return whole
