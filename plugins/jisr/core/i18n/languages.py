"""The languages of a site, in order of display, with their locale, direction, script and names.

A site names its languages by tags (BCP 47, https://www.rfc-editor.org/info/bcp47). All other properties come from the settings,
then from our overrides, then from CLDR, so that a further language is a further tag.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, replace
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.cldr_overrides import LANGUAGE_OVERRIDES, RTL_SCRIPTS, ZEROS

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|\d{3}))?")


def _format_suggestion(suggestion: str | None) -> Phrase | str:
    return phrase(' Did you mean "{match}"?', match=suggestion) if suggestion else ""


class LanguageTagError(ValueError):
    """A tag that cannot be used for a language of a site."""


class InvalidTagError(LanguageTagError):
    """A word that is no language tag."""

    def __init__(self, identifier: str, suggestion: str | None) -> None:
        text = '"{tag}" is not the tag of a language.{hint} Write tags as ar, kmr-Arab or fr-CA.'
        super().__init__(phrase(text, tag=identifier, hint=_format_suggestion(suggestion)))
        self.suggestion = suggestion


class RepeatedTagError(LanguageTagError):
    """A language that a site names twice."""

    def __init__(self, identifier: str) -> None:
        super().__init__(phrase('"{tag}" stands twice among the languages. Name each language once.', tag=identifier))


class AmbiguousTagError(LanguageTagError):
    """A tag of several languages with different directions."""

    def __init__(self, identifier: str) -> None:
        text = '"{tag}" may be any Kurdish. Write ckb for Sorani, kmr for Kurmanji, or kmr-Arab for Kurmanji in Arabic letters.'
        super().__init__(phrase(text, tag=identifier))


class LanguageEntryError(ValueError):
    """A description of a language in the settings that cannot be used."""

    def __init__(self, tag: str, text: str, **values: object) -> None:
        super().__init__(phrase('LANGUAGE_REGISTRY["{tag}"] cannot be used: {reason}', tag=tag, reason=phrase(text, **values)))


class UnknownLanguageError(LookupError):
    """A language that neither the settings nor our overrides nor CLDR have; ``suggestion`` is a similar one."""

    def __init__(self, identifier: str, suggestion: str | None = None) -> None:
        text = '"{tag}" is not a language that is known here.{hint}'
        super().__init__(phrase(text, tag=identifier, hint=_format_suggestion(suggestion)))
        self.identifier = identifier
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a site; ``locale`` is its locale in Babel, ``digits`` the CLDR name of its numbering system.

    ``fallbacks`` are the tags of the languages that its readers are offered, in this order, where it lacks a text.
    """

    tag: str
    locale: str
    direction: Direction
    script: str
    own_name: str
    short_name: str
    digits: str = "latn"
    fallbacks: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return hash(self.tag)  # languages are keys of caches

    def __eq__(self, other: object) -> bool:
        # All but the fallbacks; nearly always it is the same one, or one with another tag.
        if self is other or not isinstance(other, Language):
            return self is other
        own = (self.tag, self.locale, self.direction, self.script, self.own_name, self.short_name, self.digits)
        return own == (
            *(other.tag, other.locale, other.direction, other.script),
            *(other.own_name, other.short_name, other.digits),
        )

    @property
    def og_locale(self) -> str:
        """Language and territory in the format of Open Graph (https://ogp.me/#optional).

        >>> build_languages(["kmr"])["kmr"].og_locale
        'ku_TR'
        """
        parts = self.locale.split("_")
        return "_".join([parts[0], *(part for part in parts[1:] if part.isupper() or part.isdigit())])


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a site in order of display."""

    members: tuple[Language, ...]

    def __iter__(self) -> Iterator[Language]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __contains__(self, tag: object) -> bool:
        return any(language.tag == tag for language in self.members)

    def __getitem__(self, tag: str) -> Language:
        """Return the language with a tag. Raises UnknownLanguageError where the site does not have it."""
        for language in self.members:
            if language.tag == tag:
                return language
        raise UnknownLanguageError(tag, _closest_word(tag, self.tags))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags in order."""
        return tuple(language.tag for language in self.members)


def build_languages(
    tags: Sequence[str],
    extra: Mapping[str, Mapping[str, str]] | None = None,
    fallbacks: Mapping[str, Sequence[str]] | None = None,
) -> Languages:
    """Return the languages of a site in the order of ``tags``.

    ``extra`` describes languages by tag; it takes precedence over our overrides, and these over CLDR. ``fallbacks`` names for
    a tag those of the languages that stand in for it; languages that the site does not have are passed over.
    Raises UnknownLanguageError for an unknown language, LanguageTagError for a tag that cannot be used, and
    LanguageEntryError for an invalid description.

    >>> [(language.own_name, language.direction) for language in build_languages(["ckb", "fa", "kmr"])]
    [('کوردیی ناوەندی (سۆرانی)', 'rtl'), ('فارسی', 'rtl'), ('Kurdî (Kurmancî)', 'ltr')]
    """
    descriptions = extra or {}
    for tag in [*tags, *descriptions]:
        _check_tag(tag)
    for index, tag in enumerate(tags):
        if tag in tags[:index]:
            raise RepeatedTagError(tag)
    chains = {tag: tuple(one for one in others if one in tags and one != tag) for tag, others in (fallbacks or {}).items()}
    return Languages(tuple(replace(_build_language(tag, descriptions), fallbacks=chains.get(tag, ())) for tag in tags))


def suggest_entry(tag: str) -> dict[str, str]:
    """Return a description to begin with for a language that CLDR has a name and a script of, but no locale.

    Dates and lists are borrowed from the official language of where it is most spoken; its name is the English one. Empty for a
    language that CLDR does not know at all.

    >>> suggest_entry("zza"), suggest_entry("xx")
    ({'own_name': 'Zaza', 'locale': 'tr_TR', 'script': 'Latn'}, {})
    """
    name = Locale("en").languages.get(tag)
    likely = get_global("likely_subtags").get(tag)
    if not name or not likely:
        return {}
    _, script, territory = likely.split("_")
    official = next(iter(get_official_languages(territory)), "en")
    try:
        locale = str(Locale.parse(f"{official}_{territory}", resolve_likely_subtags=False))
    except (UnknownLocaleError, ValueError):
        locale = "en"
    return {"own_name": name, "locale": locale, "script": script}


@cache  # called for each date and number of a page, and there are few languages
def babel_locale(language: Language) -> Locale:
    """Return the Babel locale of a language.

    >>> babel_locale(build_languages(["ar"])["ar"]).months["format"]["wide"][8]
    'آب'
    """
    return Locale.parse(language.locale)


def _check_tag(tag: str) -> None:
    match = _TAG.fullmatch(tag)
    if not match:
        raise InvalidTagError(tag, _closest_tag(tag))
    if match["language"] == "ku":
        raise AmbiguousTagError(tag)


def _closest_tag(word: str) -> str | None:
    """Return the tag that an invalid one probably means: "en_GB", "EN", "arabic", "sorani"."""
    parts = re.split(r"[-_]", word)
    candidate = "-".join([parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])])
    if _TAG.fullmatch(candidate):
        return candidate
    names = {name.lower(): tag for tag, name in Locale("en").languages.items() if _TAG.fullmatch(tag.replace("_", "-"))}
    names |= {"sorani": "ckb", "kurmanji": "kmr", "kurdish": "ckb"}
    match = _closest_word(word.lower(), names)
    return names[match] if match else None


def _closest_word(word: str, words: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, list(words), n=1)), None)


def _build_language(tag: str, descriptions: Mapping[str, Mapping[str, str]]) -> Language:
    description = _validate_entry(tag, descriptions.get(tag, {}))
    entry = LANGUAGE_OVERRIDES.get(tag)
    locale_name = description.get("locale") or (entry.locale if entry else "")
    locale = Locale.parse(locale_name) if locale_name else _find_cldr_locale(tag, descriptions)
    script = description.get("script") or (entry.script if entry else "") or _infer_script(tag, locale)
    own_name = description.get("own_name") or (entry.own_name if entry else "") or _find_own_name(tag, locale)
    default: Direction = "rtl" if script in RTL_SCRIPTS else "ltr"
    direction: Direction = "rtl" if description.get("direction", default) == "rtl" else "ltr"
    return Language(
        tag=tag,
        locale=str(locale),
        direction=direction,
        script=script,
        own_name=own_name,
        short_name=description.get("short_name") or (entry.short_name if entry else "") or own_name,
        digits=description.get("digits", "latn"),
    )


def _validate_entry(tag: str, description: Mapping[str, str]) -> Mapping[str, str]:
    """Return a description from the settings. Raises LanguageEntryError where it is invalid."""
    if not isinstance(description, Mapping):
        raise LanguageEntryError(tag, '{own} is not a description. Write {{"own_name": "…"}}.', own=repr(description))
    names = {one.name for one in fields(Language)} - {"tag", "fallbacks"}
    for key, value in description.items():
        if key not in names:
            raise LanguageEntryError(tag, '"{key}" is not one of {known}.', key=key, known=", ".join(sorted(names)))
        if not isinstance(value, str) or not value:
            raise LanguageEntryError(tag, '"{key}" is {value}. Write a text, or leave it out.', key=key, value=repr(value))
    choices = {"direction": ("ltr", "rtl"), "digits": tuple(ZEROS)}
    for key, allowed in choices.items():
        if description.get(key, allowed[0]) not in allowed:
            text = '"{value}" is no {key}. Write one of {allowed}.'
            raise LanguageEntryError(tag, text, value=description[key], key=key, allowed=", ".join(allowed))
    if "script" in description and not re.fullmatch(r"[A-Z][a-z]{3}", description["script"]):
        text = '"{script}" is no script. Write its four letters, as Arab or Latn.'
        raise LanguageEntryError(tag, text, script=description["script"])
    try:
        Locale.parse(description.get("locale", "en"))
    except (UnknownLocaleError, ValueError):
        text = 'CLDR has no locale "{locale}". Write one that it has, as ar_IQ.'
        raise LanguageEntryError(tag, text, locale=description["locale"]) from None
    return description


def _find_cldr_locale(tag: str, descriptions: Mapping[str, Mapping[str, str]]) -> Locale:
    """Return the CLDR locale of a tag, with the likely territory where it has none."""
    language, script, region = _subtags(tag)
    likely = get_global("likely_subtags")
    names = (f"{language}_{script}", f"{language}_{region}", language)
    full = next((likely[name] for name in names if name in likely), "__")
    _, likely_script, likely_region = full.split("_")
    territory = region or likely_region
    if not region or region in Locale("en").territories:
        for parts in ((script or likely_script, territory), (script or territory,), ()):
            try:
                return Locale.parse("_".join([language, *filter(None, parts)]), resolve_likely_subtags=False)
            except (UnknownLocaleError, ValueError):
                continue
    if tag in descriptions:
        text = 'CLDR does not know this language. Add the "locale" whose dates it may borrow, as "ar_IQ".'
        raise LanguageEntryError(tag, text)
    common = sorted(name for name in locale_identifiers() if "_" not in name)
    raise UnknownLanguageError(tag, _closest_word(tag, [*LANGUAGE_OVERRIDES, *descriptions]) or _closest_word(tag, common))


def _subtags(tag: str) -> tuple[str, str | None, str | None]:
    """Return language, script and region of a tag, with the language code of CLDR: "ku" for Kurmanji."""
    match = _TAG.fullmatch(tag)
    if not match:
        return tag, None, None
    aliases = get_global("language_aliases")
    return aliases.get(match["language"], match["language"]), match["script"], match["region"]


def _infer_script(tag: str, locale: Locale) -> str:
    """Return the script of a tag, or the likely script of its language."""
    language, script, region = _subtags(tag)
    likely = get_global("likely_subtags")
    guesses = (likely.get(name, "") for name in (f"{language}_{region}", language, locale.language))
    full = next((guess for guess in guesses if guess), "_Latn_")
    return script or str(full.split("_")[1])


def _find_own_name(tag: str, locale: Locale) -> str:
    """Return the name of a language in itself, for use on its own: capitalized, and with its region where the tag has one."""
    language, script, region = _subtags(tag)
    name = locale.languages.get("_".join(filter(None, (language, script, region)))) or locale.languages.get(language)
    if not name or language != locale.language:
        raise LanguageEntryError(tag, 'CLDR does not know how this language calls itself. Add its "own_name".')
    # The title case of a letter, since the capitals of some scripts (Georgian) are for whole words only.
    return str(name[:1].title() + name[1:])
