"""Design tokens, parsed from the stylesheet of the theme, and the contrast of its colours."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass

BACKGROUNDS = ("paper", "tint", "warm")
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_FONT_SIZE = re.compile(r"--(?!gutter)([\w-]+): clamp\(")  # the gutter is responsive, too, but no font size
_SPACE = re.compile(r"\.space-(\w+)\b")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour token: its value in the light and the dark scheme, and its contrast on each background in both."""

    name: str
    light: str
    dark: str
    on_light: tuple[tuple[str, str], ...] = ()
    on_dark: tuple[tuple[str, str], ...] = ()


def parse_colours(css: str) -> tuple[Colour, ...]:
    """Return the colours of a stylesheet in source order.

    >>> sheet = ":root { --paper: #ffffff; --ink: #000000; }"
    >>> [(one.name, one.on_light) for one in parse_colours(sheet)]
    [('paper', ()), ('ink', (('paper', '21.0'),))]
    """
    scheme = _DARK.search(css)
    light = dict(_COLOUR.findall(_DARK.sub("", css)))
    dark = light | dict(_COLOUR.findall(scheme[1] if scheme else ""))
    return tuple(
        Colour(name, light[name], dark[name], _contrast_ratios(name, light), _contrast_ratios(name, dark)) for name in light
    )


def _contrast_ratios(name: str, scheme: dict[str, str]) -> tuple[tuple[str, str], ...]:
    if name in BACKGROUNDS:
        return ()
    return tuple((ground, f"{contrast_ratio(scheme[name], scheme[ground]):.1f}") for ground in BACKGROUNDS if ground in scheme)


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).

    >>> round(contrast_ratio("#000000", "#ffffff"), 1)
    21.0
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parse_font_sizes(css: str) -> tuple[str, ...]:
    """Return the names of the font sizes of a stylesheet in source order.

    >>> parse_font_sizes("--small: clamp(1rem, 2vw, 2rem);")
    ('small',)
    """
    return tuple(_FONT_SIZE.findall(css))


def parse_spaces(css: str) -> tuple[str, ...]:
    """Return the names of the spaces in the stylesheet of the style guide, which are their sizes in pixels.

    >>> parse_spaces(".space-4 { inline-size: 0.25rem }")
    ('4',)
    """
    return tuple(dict.fromkeys(_SPACE.findall(css)))
