"""The names of elements and of attributes without a value, and what of them is presentation: what is typed and is a tag.

Sources: HTML Living Standard, indices and obsolete features (https://html.spec.whatwg.org/multipage/indices.html,
https://html.spec.whatwg.org/multipage/obsolete.html), SVG 2 (https://www.w3.org/TR/SVG2/eltindex.html) and MathML Core
(https://www.w3.org/TR/mathml-core/) with the elements of MathML 3. In small letters, as tags are compared.
"""

from __future__ import annotations

import re

_HTML = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed "
    "fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter "
    "multicol nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre "
    "progress q rb rbc rp rt rtc ruby s samp script search section select selectedcontent slot small source spacer span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var "
    "video wbr xmp"
)
_SVG = (
    "animate animatemotion animatetransform circle clippath cursor defs desc discard ellipse feblend fecolormatrix "
    "fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood "
    "fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight "
    "fespecularlighting fespotlight fetile feturbulence filter font-face font-face-format font-face-name font-face-src "
    "font-face-uri foreignobject g glyph glyphref handler hatch hatchpath hkern image line lineargradient listener marker mask "
    "mesh meshgradient meshpatch meshrow metadata missing-glyph mpath path pattern polygon polyline radialgradient rect set "
    "solidcolor stop switch symbol text textpath tref tspan unknown use view vkern"
)
_MATHML = (
    "annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv "
    "mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace msqrt msrow "
    "mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
_HTML_NAMES = frozenset(_HTML.split()) - {"svg", "math"}
_NAMES = frozenset(f"{_HTML} {_SVG} {_MATHML}".split())

_VALUELESS = frozenset(
    (
        "allowfullscreen alt async autofocus autoplay checked compact contenteditable controls declare default defer disabled "
        "download draggable formnovalidate hidden inert ismap itemscope loop markdown multiple muted nohref nomodule noresize "
        "noshade novalidate nowrap open playsinline popover readonly required reversed selected spellcheck translate truespeed"
    ).split()
)
VOID_TAGS = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "keygen", "param", "source", "track", "wbr"])
_NOTHING_ALONE = ("area", "img", "param", "source", "track")  # void elements that show nothing without an attribute
_ALWAYS_TAGS = ("script", "iframe")  # never words: what could run is an error
_OFFICE_NAME = re.compile(r"(?:[a-z]\d*|st\d):[a-z][\w.-]*")

REPLACED_TAGS = {
    "h1": "h2", "center": "div", "marquee": "div", "strike": "s", "tt": "code", "acronym": "abbr", "dir": "ul",
    "listing": "pre",
}  # fmt: skip
"""Elements in whose place another stands: of presentation, and the title of the page, which stands above a text."""

REMOVED_TAGS = frozenset(["basefont", "bgsound", "big", "blink", "font", "multicol", "nobr", "spacer"])
"""Elements of presentation; their words stay."""

_PRESENTATION = frozenset(
    (
        "align alink axis bgcolor border bordercolor cellpadding cellspacing char charoff clear color compact face frame "
        "frameborder hspace language link marginheight marginwidth noshade nowrap rules scrolling text valign vlink vspace"
    ).split()
)
_SIZED_TAGS = frozenset("audio button canvas img input object source svg video".split())


def is_tag(name: str, attributes: str) -> bool:
    """Whether what stands in angle brackets is a tag: a name of HTML, SVG or MathML, and no words behind it.

    >>> is_tag("time", ' datetime="2012"'), is_tag("time", " and place"), is_tag("input", " disabled"), is_tag("ministry", "")
    (True, False, True, False)
    """
    bare = not attributes.strip(" /\t\n")
    if name not in _NAMES:
        return is_office_name(name) and (bare or "=" in attributes)
    if bare and name in _NOTHING_ALONE:
        return False
    return "=" in attributes or name in _ALWAYS_TAGS or all(map(is_valueless, attributes.lower().replace("/", " ").split()))


def is_html_name(name: str) -> bool:
    """Whether a name is one of HTML itself."""
    return name in _HTML_NAMES


def is_office_name(name: str) -> bool:
    """Whether a name is one of an office program, which has a prefix.

    >>> is_office_name("o:p"), is_office_name("st1:place"), is_office_name("mailto:x")
    (True, True, False)
    """
    return _OFFICE_NAME.fullmatch(name) is not None


def is_valueless(name: str) -> bool:
    """Whether an attribute means something without a value."""
    return name in _VALUELESS or name.startswith(("data-", "aria-", "on"))


def is_presentation(tag: str, name: str) -> bool:
    """Whether an attribute of an element of HTML is presentation."""
    if tag not in _HTML_NAMES:
        return False
    if name in ("width", "height", "size"):
        return tag not in _SIZED_TAGS
    return name in _PRESENTATION or (name == "type" and tag in ("ul", "li"))
