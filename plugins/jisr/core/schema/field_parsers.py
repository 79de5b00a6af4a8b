"""Parsers of scalar fields: texts, dates, numbers, addresses, names of files and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from jisr.core.bidi.confusables import CONFUSABLE_MESSAGE, find_confusables, list_confusable_letters
from jisr.core.bidi.control_characters import INVISIBLE_IN_ADDRESS, INVISIBLE_MESSAGE, find_controls, turns_direction
from jisr.core.diagnostics.problems import Problem, phrase
from jisr.core.i18n.dates import DateError, parse_date
from jisr.core.i18n.numbers import to_ascii_digits
from jisr.core.i18n.punctuation import add_no_break_spaces
from jisr.core.model.document import LocalizedText
from jisr.core.schema import field_types
from jisr.core.schema.raw_values import RawScalar
from jisr.core.schema.validation_context import (
    FrontMatterValidation,
    Reference,
    did_you_mean,
    suggest_language_tag,
    suggest_word,
)
from jisr.core.urls import paths
from jisr.core.urls.contact_addresses import FINGERPRINT_LENGTHS, dial_uri, read_fingerprint, read_signal
from jisr.core.urls.old_addresses import address_fault
from jisr.core.urls.outside_addresses import outside_address


def read_scalar(type_: field_types.FieldType, node: RawScalar, form: FrontMatterValidation, name: str) -> Any:
    """Return the value of a scalar field, or None where it is invalid and a problem has been added."""
    if len(node.text) > (longest := getattr(type_, "longest", field_types.LONGEST_VALUE)):
        wrong = '"{value} …" is {length} characters long. Write "{name}" in at most {longest}.'
        values = {"value": " ".join(node.text[:40].split()), "length": len(node.text), "longest": longest}
        form.error(node.place, "length", wrong, name=name, **values)
        return None
    text = normalize_value(node.text, lines=isinstance(type_, field_types.Text) and type_.multiline)
    if not _check_characters(node, form) or not (field_types.is_words(type_) or _check_invisible(node, form)):
        return None
    if not text:
        form.error(node.place, "empty", '"{name}" is empty. Write its value after the colon, or take the line out.', name=name)
        return None
    return _READERS[type(type_)](type_, text, node, form, name)


def normalize_value(text: str, lines: bool = False) -> str:
    """Return a normalized text: normal form C, plain spaces, no direction marks (pages use markup).

    >>> normalize_value("  بيان\\u00a0ختامي\\u200f ")
    'بيان ختامي'
    """
    plain = unicodedata.normalize("NFC", text)
    if not plain.isprintable():  # most have nothing to fold
        plain = plain.translate(_CHARACTER_FOLDING)
    return "\n".join(" ".join(line.split()) for line in plain.splitlines()) if lines else " ".join(plain.split())


_CHARACTER_FOLDING = {ord(mark): None for mark in "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"} | {0xA0: " ", 0x202F: " "}


def _check_characters(node: RawScalar, form: FrontMatterValidation) -> bool:
    """Whether a value has no control that reorders or hides the text after it (Unicode TR 36, 2.6)."""
    controls = find_controls(node.text)
    for _, character, name in controls:
        form.error(
            node.place,
            "bidi" if turns_direction(character) else "control",
            'U+{point:} ({name}) stands in "{value}": it is invisible and changes what is read. Take it out.',
            point=f"{ord(character):04X}",
            name=name,
            value=node.text,
        )
    for _, word in find_confusables(node.text):
        letters = list_confusable_letters(word)
        form.problems.append(Problem.warning(node.place, "lookalike", CONFUSABLE_MESSAGE, word=word, letters=letters))
    return not controls


def _check_invisible(node: RawScalar, form: FrontMatterValidation) -> bool:
    """Whether an address or the name of a file has no sign that nobody sees."""
    match = INVISIBLE_IN_ADDRESS.search(node.text)
    if match:
        name = unicodedata.name(match[0], "control character")
        form.error(node.place, "control", INVISIBLE_MESSAGE, point=f"{ord(match[0]):04X}", name=name)
    return match is None


def _read_text(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> LocalizedText:
    return LocalizedText(add_no_break_spaces(text, form.language.tag), form.language)


def _read_raw_string(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str:
    return text


_OTHER_VALUES = {  # as editors call them
    "draft": "مسودة مسوّدة مسودّة brouillon pêşnivîs reşnivîs ڕەشنووس پێشنووس wip unpublished",
    "published": "منشور منشورة publié publie weşandî بڵاوکراوە public live final",
    "hidden": "مخفي مخفية caché cache veşartî شاراوە private unlisted",
}


def _read_enumeration(
    type_: field_types.Enumeration, text: str, node: RawScalar, form: FrontMatterValidation, name: str
) -> str | None:
    if text in type_.values:
        return text
    wrong = '"{value}" is no value of "{name}". {hint}Write one of: {values}.'
    meant = next((value for value, words in _OTHER_VALUES.items() if text.casefold() in words.split()), "")
    hint = did_you_mean(meant) if meant in type_.values else suggest_word(text, type_.values)
    code, values = name.rsplit(".", maxsplit=1)[-1], ", ".join(type_.values)
    form.error(node.place, code, wrong, value=text, name=name, hint=hint, values=values)
    return None


_DATE_MESSAGES = {
    "ambiguous": '"{value}" is ambiguous: which is the day, which the month? Write it as 2012-02-12.',
    "impossible": '"{value}" is no day of the calendar between 1900 and 2200. Write it as 2012-02-12.',
    "not-a-date": '"{value}" is not a date. Write it as 2012-02-12.',
}
_INHERITED_DATE_MESSAGE = (
    '"{value}" is not a date. Write it as 2012-02-12, or leave it out: a translation takes the date of its original.'
)
_INTEGER_MESSAGE = '"{value}" is not a whole number from {least} to {most}. Write such a number for "{name}", in digits.'
_NUMBER_MESSAGE = '"{value}" is not a number from {least} to {most}. Write such a number for "{name}", in digits.'


def _read_date_value(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> Any:
    try:
        return parse_date(text)
    except DateError as error:
        inherits = name == "date" and form.is_translation and error.reason == "not-a-date"
        form.error(node.place, "date", _INHERITED_DATE_MESSAGE if inherits else _DATE_MESSAGES[error.reason], value=text)
        return None


def _read_number(
    type_: field_types.Number, text: str, node: RawScalar, form: FrontMatterValidation, name: str
) -> float | int | None:
    digits = to_ascii_digits(text)
    pattern = r"[+-]?\d{1,12}" if type_.integer else r"[+-]?\d{1,12}(\.\d{1,12})?"
    number = float(digits) if re.fullmatch(pattern, digits) else None
    if number is not None and type_.minimum <= number <= type_.maximum:
        return int(number) if type_.integer else number
    message, least, most = _INTEGER_MESSAGE if type_.integer else _NUMBER_MESSAGE, f"{type_.minimum:g}", f"{type_.maximum:.12g}"
    form.error(node.place, "number", message, value=text, least=least, most=most, name=name)
    return None


def _read_url(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", text)
    except ValueError:
        fine = False
    if fine:
        return text
    meant = outside_address(text)
    example = meant if meant.startswith("https:") else "https://example.org/page"
    form.error(node.place, "url", '"{value}" is not a web address. Write it whole, as {example}.', value=text, example=example)
    return None


def _read_email(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    """Return an address that is valid in HTML (https://html.spec.whatwg.org/#valid-e-mail-address), with a dot in its host.

    Those with ``? & # %`` are none: in a link they would add receivers (RFC 6068, 2).
    """
    if re.fullmatch(r"[\w.!$'*+/=^`{|}~-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}", text, re.ASCII):
        return text
    form.error(node.place, "email", '"{value}" is not an e-mail address. Write it whole, as name@example.org.', value=text)
    return None


def _read_phone(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    if dial_uri(text):
        return to_ascii_digits(text)
    wrong = (
        '"{value}" is not a phone number that people in any country can dial. Write one number, with + and the code of its '
        "country, as {example}."
    )
    form.error(node.place, "phone", wrong, value=text, example=_EXAMPLE_NUMBER)
    return None


_EXAMPLE_NUMBER = "+964 770 123 4567"


def _read_signal_account(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    if account := read_signal(to_ascii_digits(text)):
        return account
    wrong = (
        '"{value}" is no account of Signal. Write its phone number, as {example}, or its username with the digits behind the '
        "point, as example.42."
    )
    form.error(node.place, "signal", wrong, value=text, example=_EXAMPLE_NUMBER)
    return None


def _read_fingerprint(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    fingerprint = read_fingerprint(text)
    if foreign := re.search(r"[^0-9A-F]", fingerprint):
        wrong = (
            '"{value}" is not the fingerprint of a key: it has "{sign}". Write the digits 0 to 9 and letters A to F that the '
            "program shows which made the key."
        )
        form.error(node.place, "fingerprint", wrong, value=text, sign=foreign[0])
        return None
    if len(fingerprint) in FINGERPRINT_LENGTHS:
        return fingerprint
    wrong = (
        '"{value}" is not the fingerprint of a key: it has {length} digits and letters instead of {whole}. Write all that the '
        "program shows which made the key."
    )
    whole = next((one for one in FINGERPRINT_LENGTHS if len(fingerprint) < one), FINGERPRINT_LENGTHS[-1])
    form.error(node.place, "fingerprint", wrong, value=text, length=len(fingerprint), whole=whole)
    return None


def _read_boolean(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> bool | None:
    if text in ("true", "false"):
        return text == "true"
    short, wrong = name.rsplit(".", maxsplit=1)[-1], '"{value}" is neither true nor false. Write {name}: true or {name}: false.'
    form.error(node.place, short, wrong, value=text, name=short)
    return None


def _read_resolution_ref(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    statement, _, anchor = text.partition("#")
    if statement and re.fullmatch(r"r(\d+-)?\d+", anchor):
        form.references.append(Reference("statements", statement, name, node.place))
        return text
    example = "2012-first-statement#r6"
    wrong = '"{value}" names no resolution. Write the id of the statement, "#r" and its number, as {example}.'
    form.error(node.place, "answer", wrong, value=text, example=example)
    return None


def _read_bundle_file(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str:
    form.references.append(Reference("", text, name, node.place))
    return text


def _read_text_id(type_: field_types.TextId, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str:
    form.references.append(Reference(type_.kind, text, name, node.place))
    return text


def _read_language_tag(
    type_: field_types.LanguageTag, text: str, node: RawScalar, form: FrontMatterValidation, name: str
) -> str | None:
    if text in form.languages or (type_.any_language and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text)):
        return text
    wrong = '"{value}" is not a language of this site. {hint}It has: {tags}.'
    if type_.any_language:
        wrong = '"{value}" is not the tag of a language. {hint}Write a tag, as {tags}.'
    tags = form.languages.tags
    form.error(node.place, "language", wrong, value=text, hint=suggest_language_tag(text, tags), tags=", ".join(tags))
    return None


ALIAS_TAKEN = '"{alias}" is taken: it is the address of {owner}. Take it out, or choose the address that readers really used.'


def _read_legacy_path(_: object, text: str, node: RawScalar, form: FrontMatterValidation, name: str) -> str | None:
    plain = unquote(text)  # as a server decodes it: an encoded ".." would leave the output, too
    steps = plain[1:].removesuffix("/").split("/")
    fine = text.startswith("/") and text.isprintable() and plain.isprintable() and not re.search(r"[?#\\\s]", text)
    if fine and "\\" not in plain and not {"", ".", ".."} & set(steps):
        if paths.is_generated_or_below(plain[1:]):
            form.error(node.place, "alias", ALIAS_TAKEN, alias=text, owner=phrase("the site itself"))
            return None
        if why := address_fault(plain[1:]):
            wrong = '"{value}" cannot be an old address here: {reason}. Take it out.'
            form.error(node.place, "alias", wrong, value=text, reason=why)
            return None
        form.locations[f"{name}.{text}"] = node.place  # each alias is reported on its own line
        return text
    if "?" in text or "#" in text:
        wrong = '"{value}" cannot be an old address: no page answers at what stands behind ? or #. Take it out.'
        form.error(node.place, "alias", wrong, value=text)
        return None
    example = _path_from_root(text) or "/2012/02/statement/"
    wrong = '"{value}" cannot be an old address. Write the path from the site\'s root, as {example}.'
    form.error(node.place, "alias", wrong, value=text, example=example)
    return None


def _path_from_root(text: str) -> str:
    """Return the path that was meant by an address with a host, without its first slash or with dots; or an empty string."""
    path = re.sub(r"^(?:https?:)?//[^/]*", "", text, flags=re.IGNORECASE)
    steps: list[str] = []
    for step in path.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    fine = steps and not re.search(r"\s", path) and "%2e" not in path.lower() and path.isprintable()
    return f"/{'/'.join(steps)}{'/' if path.endswith('/') else ''}" if fine else ""


_Reader = Callable[[Any, str, RawScalar, FrontMatterValidation, str], Any]
_READERS: Mapping[type, _Reader] = {
    field_types.Text: _read_text,
    field_types.RawString: _read_raw_string,
    field_types.EntityName: _read_raw_string,
    field_types.Enumeration: _read_enumeration,
    field_types.DateValue: _read_date_value,
    field_types.Number: _read_number,
    field_types.WebUrl: _read_url,
    field_types.EmailAddress: _read_email,
    field_types.DialledNumber: _read_phone,
    field_types.SignalAccount: _read_signal_account,
    field_types.KeyFingerprint: _read_fingerprint,
    field_types.BooleanValue: _read_boolean,
    field_types.ResolutionRef: _read_resolution_ref,
    field_types.BundleFile: _read_bundle_file,
    field_types.TextId: _read_text_id,
    field_types.LanguageTag: _read_language_tag,
    field_types.LegacyPath: _read_legacy_path,
}
