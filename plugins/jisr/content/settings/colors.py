"""The colours of a site: those of the theme, and those that the setting ``COLORS`` gives in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass

BACKGROUNDS = ("paper", "tint", "warm")
LEAST_CONTRAST = 4.5  # of text on its ground: WCAG 2.2, 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum
_TEXTS = ("ink", "soft", "link", "mark")
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 50  # how finely a colour is moved towards black or white to be read

Tokens = Mapping[str, str]
"""Colours as ``#rrggbb`` by the names of their roles."""


@dataclass(frozen=True, slots=True)
class ColorScheme:
    """The colours of light and of dark pages."""

    light: Tokens
    dark: Tokens


def read_scheme(css: str) -> ColorScheme:
    """Return the colours that the stylesheet of the tokens states.

    >>> read_scheme(":root { --paper: #ffffff; --ink: #000000; }").light
    {'paper': '#ffffff', 'ink': '#000000'}
    """
    dark = _DARK.search(css)
    light = dict(_TOKEN.findall(_DARK.sub("", css)))
    return ColorScheme(light, light | dict(_TOKEN.findall(dark[1] if dark else "")))


def choose_colors(setting: object, scheme: ColorScheme) -> tuple[ColorScheme, tuple[Phrase, ...]]:
    """Return the colours that a site chose, and what is wrong with them; one colour alone is made lighter on dark pages.

    >>> scheme = read_scheme(":root { --paper: #ffffff; --link: #0000aa; }")
    >>> chosen, faults = choose_colors({"link": "#8844ff"}, scheme)
    >>> dict(chosen.light), faults
    ({'link': '#8844ff'}, ())
    """
    if not isinstance(setting, Mapping):
        return ColorScheme({}, {}), (phrase('"{value}" names no colours. {remedy}', value=setting, remedy=_remedy()),)
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    faults: list[Phrase] = []
    for role, value in setting.items():
        pair = (value, value) if isinstance(value, str) else value
        if role not in scheme.light:
            text = '"{role}" is no colour of a page. There are: {roles}.'
            faults.append(phrase(text, role=role, roles=", ".join(scheme.light)))
        elif not isinstance(pair, tuple | list) or len(pair) != 2 or not all(_is_color(one) for one in pair):
            faults.append(phrase('"{value}" is no colour. {remedy}', value=value, remedy=_remedy()))
        else:
            light[role], dark[role] = (one.lower() for one in pair)
            if isinstance(value, str) and role in _TEXTS:
                dark[role] = _move(dark[role], 255, _grounds({**scheme.dark, **dark}))
    faults += _contrast_faults(phrase("light pages"), {**scheme.light, **light}, [*light], 0)
    faults += _contrast_faults(phrase("dark pages"), {**scheme.dark, **dark}, [*dark], 255)
    return ColorScheme(light, dark), tuple(faults)


def write_rules(chosen: ColorScheme) -> str:
    """Return the rules of CSS that give a page the chosen colours; nothing where none were."""
    if not chosen.light:
        return ""
    light, dark = (";".join(f"--{role}:{value}" for role, value in one.items()) for one in (chosen.light, chosen.dark))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _remedy() -> Phrase:
    return phrase('Write COLORS = {{"link": "#0f4d63"}}, or ("#0f4d63", "#8fcadf") for light and dark pages.')


def _is_color(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value.lower()) is not None


def _grounds(tokens: Tokens) -> list[str]:
    return [tokens[one] for one in BACKGROUNDS if one in tokens]


def _contrast_faults(page: Phrase, tokens: Tokens, chosen: list[str], towards: int) -> Iterator[Phrase]:
    """Return a fault for each text that a chosen colour makes hard to read, and a colour like it that can be read."""
    grounds = _grounds(tokens)
    concerned = _TEXTS if any(role in BACKGROUNDS for role in chosen) else tuple(role for role in _TEXTS if role in chosen)
    for role in concerned:
        least = min((contrast_ratio(tokens[role], ground) for ground in grounds), default=21.0)
        if least < LEAST_CONTRAST:
            text = (
                '"{value}" ({role}) cannot be read on {page}: its contrast is {ratio}, and at least {least} is needed. '
                'Write "{better}".'
            )
            better, ratio = _move(tokens[role], towards, grounds), f"{int(least * 10) / 10}"
            yield phrase(text, value=tokens[role], role=role, page=page, ratio=ratio, least=LEAST_CONTRAST, better=better)


def _move(color: str, towards: int, grounds: list[str]) -> str:
    """Return the colour nearest to one, on its way to black (0) or white (255), that can be read on all grounds."""
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(_STEPS + 1):
        moved = "#" + "".join(f"{round(part + (towards - part) * step / _STEPS):02x}" for part in parts)
        if all(contrast_ratio(moved, ground) >= LEAST_CONTRAST for ground in grounds):
            return moved
    return "#ffffff" if towards else "#000000"


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).

    >>> round(contrast_ratio("#000000", "#ffffff"), 1)
    21.0
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    """Return the relative luminance of a colour (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
