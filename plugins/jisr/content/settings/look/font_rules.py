"""The rules of CSS that a site's own fonts and languages add to those of the theme."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jisr.content.settings.look.typefaces import Typeface, WebFont
from jisr.core.i18n.languages import Language, Languages

_PAGE_FAMILY = re.compile(r"html \{[^}]*?font-family: ([^;}]+)")
_NAME = re.compile(r'"([^"]+)"')
_SLANTED = frozenset({"Latn", "Cyrl", "Grek"})  # scripts in which words are emphasized by slanted letters
_INDIC = (1.4, 1.6, 1.75)  # lines of scripts with signs above and below their letters
_HAN = (1.35, 1.55, 1.7)
_LINES = {  # of titles, rows and texts, where the theme's own are too narrow or, for Hebrew, as wide as those of Arabic
    "Hebr": (1.3, 1.55, 1.65), "Hans": _HAN, "Hant": _HAN, "Jpan": _HAN, "Kore": _HAN,
    **dict.fromkeys(("Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"), _INDIC),
    **dict.fromkeys(("Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Ethi"), _INDIC),
}  # fmt: skip
_MOST_HEIGHT = 1.9  # of a font in em, above which its lines need more space than the theme gives any
_MOST_BYTES = 36 * 1024  # of fonts, above which no page loads them for the name of a language
_SPARE = ":root:not(:lang({tag})) :is(.languages,.entrances) :lang({tag}){{font-family:system-ui,sans-serif}}"
Addresses = Mapping[str, str]
"""The addresses of fonts as a stylesheet names them, by their names."""


def write_language_rules(languages: Languages, own: Iterable[str]) -> str:
    """Return the rules for the languages of a site that the theme, made for ``own``, does not name."""
    known = frozenset(own)
    others = [one for one in languages if one.tag not in known]
    slanted = _select(one for one in others if one.script in _SLANTED)
    low = _select(one for one in others if one.script != "Arab")
    deep = _select(one for one in others if one.script == "Arab")
    italic = "font-style:italic;font-weight:inherit;font-synthesis-style:auto"
    rules = [
        f":is(em,i,cite,dfn):is({slanted}){{{italic}}}" if slanted else "",
        f"a:is({low}){{text-underline-offset:.22em}}" if low else "",
        f"a:is({deep}){{text-underline-offset:.42em}}" if deep else "",
        *(_write_lines(one, *_LINES[one.script]) for one in others if one.script in _LINES),
    ]
    return "".join(rules)


def _select(languages: Iterable[Language]) -> str:
    return ",".join(f":lang({one.tag})" for one in languages)


def _write_lines(language: Language, title: float, row: float, text: float) -> str:
    return f":root:lang({language.tag}){{--title-line:{title:g};--row-line:{row:g};--text-line:{text:g}}}"


def write_font_rules(
    typeface: Typeface, fonts: Sequence[WebFont], addresses: Addresses, languages: Languages, theme: Path
) -> str:
    """Return the rules of a font of a site.

    That of a script is more letters of the theme's family: it is loaded where a page has such letters, in whichever language; a
    large one is not for the name of a language alone. That of a language is a family of its own, for the pages in it.
    """
    families = _PAGE_FAMILY.search((theme / "static" / "css" / "base.css").read_text("utf-8"))
    names = families[1] if families else "sans-serif"
    first = _NAME.search(names)
    family = f"Own {typeface.tag}" if typeface.tag else first[1] if first else "Own"
    rules = []
    for font in fonts:
        source = f'src:url({addresses[font.name]}) format("woff2");unicode-range:{font.ranges}'
        rules.append(f'@font-face{{font-family:"{family}";font-weight:{font.weights};font-display:fallback;{source}}}')
    if typeface.tag:
        page = f":root:lang({typeface.tag})"
        rules.append(f'{page}{{font-family:"{family}",{names}}}{page} [lang]:not(:lang({typeface.tag})){{font-family:{names}}}')
    else:
        rules += _write_neighbours(typeface.script, fonts[0], theme)
        if sum(len(one.data) for one in fonts) > _MOST_BYTES:
            tags = (one.tag for one in languages if one.script == typeface.script)
            rules += [_SPARE.format(tag=tag) for tag in tags]
    height = fonts[0].facts.ascent + fonts[0].facts.descent
    if height > _MOST_HEIGHT:
        users = (one for one in languages if one.tag == typeface.tag or (not typeface.tag and one.script == typeface.script))
        rules += [_write_lines(one, round(height * 0.8, 2), round(height * 0.85, 2), round(height * 0.9, 2)) for one in users]
    return "".join(rules)


def _write_neighbours(script: str, font: WebFont, theme: Path) -> Iterator[str]:
    """Return the fonts that readers have, as wide and as high as a font, so that little moves when that comes."""
    file = theme / "fonts" / "neighbours.json"
    for one in json.loads(file.read_text("utf-8")).get(script, ()) if file.is_file() else ():
        ratio = font.facts.width / one["width"]
        ascent, descent = font.facts.ascent / ratio, font.facts.descent / ratio
        size = f"size-adjust:{ratio:.2%};ascent-override:{ascent:.2%};descent-override:{descent:.2%}"
        for weight, locals_ in (("400", one["regular"]), ("700", one["bold"])):
            source = ",".join(f'local("{name}")' for name in locals_)
            face = f'font-family:"{one["family"]}";font-weight:{weight};font-display:swap;src:{source};{size}'
            yield f"@font-face{{{face};line-gap-override:0%;unicode-range:{font.ranges}}}"
