"""SVG: elements and attributes that draw are kept; what can run or load is an error, what programs note for themselves goes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from lxml import etree

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.core.urls.loading import loads_from_elsewhere, unescape_css

_SVG, _XLINK, _XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_XHTML = "http://www.w3.org/1999/xhtml"
_ELEMENTS = frozenset(
    (
        "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer "
        "feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
        "feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
        "feSpotLight feTile feTurbulence filter g image line linearGradient marker mask metadata mpath path pattern polygon "
        "polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view"
    ).split()
)
_FACTS = frozenset(["metadata"])
_ATTRIBUTES = re.compile(
    r"(?!on|ping$|src$|srcset$|data-)(?:aria-[a-z]+|[a-z]+(?:-[a-z]+)*|attributeName|attributeType|baseFrequency|baseProfile|calcMode|clipPathUnits|"
    r"contentStyleType|diffuseConstant|edgeMode|filterUnits|glyphRef|gradientTransform|gradientUnits|kernelMatrix|"
    r"kernelUnitLength|keyPoints|keySplines|keyTimes|lengthAdjust|limitingConeAngle|markerHeight|markerUnits|markerWidth|"
    r"maskContentUnits|maskUnits|numOctaves|pathLength|patternContentUnits|patternTransform|patternUnits|pointsAt[XYZ]|"
    r"preserveAlpha|preserveAspectRatio|primitiveUnits|ref[XY]|repeatCount|repeatDur|requiredExtensions|requiredFeatures|"
    r"specularConstant|specularExponent|spreadMethod|startOffset|stdDeviation|stitchTiles|surfaceScale|systemLanguage|"
    r"tableValues|targetX|targetY|textLength|viewBox|xChannelSelector|yChannelSelector|zoomAndPan|[xykr][12]|f[xyr]|[a-z]+[1-9])"
)
_LOADED = ("image", "feImage")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PICTURE = re.compile(r"(data:image/(?:png|jpe?g|gif|webp|avif);base64,)([A-Za-z0-9+/=\s]*)", re.IGNORECASE)
_DATA = re.compile(r"data:(?!font/woff2?[;,]|application/(?:x-)?font-woff2?[;,])[\w/+.-]*[;,]", re.IGNORECASE)
_NOTE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?(?:\*/|$)""", re.DOTALL)  # a string, or a comment of CSS
_ANIMATIONS = ("animate", "set", "animateTransform", "animateMotion")
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[|<!(?:ENTITY|ATTLIST)")
_REMOVED = "{removed}removed"
Unsafe = tuple[int, str]
"""A line, and what stands there that a picture cannot have."""


def clean_svg(data: bytes, clean_picture: Callable[[bytes], bytes]) -> bytes:
    """Return a picture without what does not draw; ``clean_picture`` cleans those inside it. Raises DamagedFileError.

    One in another encoding than UTF-8, or with a document type, is written anew: a browser may read the bytes otherwise.
    """
    root = parse_svg(data)
    is_clean = _is_plain(data, root) and not [*root.itersiblings(), *root.itersiblings(preceding=True)]
    removed = []
    for element in root.iter():
        name = etree.QName(element) if isinstance(element.tag, str) else None
        if name is None or name.namespace != _SVG or name.localname not in _ELEMENTS - _FACTS:
            is_clean = False
            removed += [element] if name else []
        else:
            is_clean &= _clean_attributes(element, clean_picture)
    for element in removed:
        element.tag = _REMOVED
    if not is_clean:
        etree.strip_elements(root, _REMOVED, etree.Comment, etree.PI, etree.Entity, with_tail=False)
    for element in root.iter(f"{{{_SVG}}}style"):
        if (text := _clean_pictures(_clean_notes(element.text or ""), clean_picture)) != (element.text or ""):
            element.text, is_clean = text, False
    if is_clean:
        return data
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _clean_attributes(element: etree._Element, clean_picture: Callable[[bytes], bytes]) -> bool:
    """Take out the attributes that do not draw, and clean the pictures in the others. Returns whether nothing changed."""
    before = dict(element.attrib)
    for attribute, value in before.items():
        if not _is_kept(etree.QName(attribute)):
            del element.attrib[attribute]
        elif (clean := _clean_pictures(_clean_notes(value) if attribute == "style" else value, clean_picture)) != value:
            element.attrib[attribute] = clean
    return dict(element.attrib) == before


def _clean_notes(css: str) -> str:
    """Return CSS whose comments say nothing."""
    return _NOTE.sub(lambda match: match[1] or "/**/", css) if "/*" in css else css


def _clean_pictures(value: str, clean_picture: Callable[[bytes], bytes]) -> str:
    """Return a value with the pictures cleaned that stand in it. Raises DamagedFileError where it holds other data, too."""
    if any(_DATA.search(_PICTURE.sub("", one)) for one in (value, unescape_css(value))) or (
        "\\" in value and _PICTURE.search(unescape_css(value))
    ):
        raise DamagedFileError
    return _PICTURE.sub(lambda match: f"{match[1]}{base64.b64encode(clean_picture(_decode(match[2]))).decode()}", value)


def find_unsafe(data: bytes) -> Iterator[Unsafe]:
    """Return what can run a program or load from elsewhere, with its line. Raises DamagedFileError."""
    root = parse_svg(data)
    for element in root.iter():
        if not isinstance(element.tag, str):
            if element.tag is etree.Entity:
                yield element.sourceline or 1, f"&{element.name};"
            continue
        name, line = etree.QName(element), element.sourceline or 1
        if name.namespace == _XHTML or (name.namespace in (_SVG, None) and name.localname not in _ELEMENTS):
            yield line, f"<{name.localname}>"
        elif name.namespace == _SVG:
            yield from ((line, what) for what in _unsafe_parts(element, name.localname))


def parse_svg(data: bytes) -> etree._Element:
    """Return the root of a drawing. Raises DamagedFileError for what is none, or has entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedFileError from None
    if root.tag != f"{{{_SVG}}}svg" or _SUBSET.search(data):
        raise DamagedFileError
    return root


def _is_plain(data: bytes, root: etree._Element) -> bool:
    """Whether any program reads the bytes of a picture as this one does."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    return encoding.upper() in ("UTF-8", "US-ASCII", "ASCII") and b"<!DOCTYPE" not in data


def _unsafe_parts(element: etree._Element, name: str) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        parts = etree.QName(attribute)
        target = value.strip()
        if parts.localname.lower().startswith("on"):
            yield parts.localname
        elif parts.localname == "href":
            allowed = (name in _LOADED and _PICTURE.fullmatch(target)) or (name == "a" and _WEB.match(target))
            if target and not target.startswith("#") and not allowed:
                yield target
        elif parts.namespace is None and (loads_from_elsewhere(value) or _is_dangerous_animation(name, attribute, target)):
            yield target
    if name == "style" and loads_from_elsewhere("".join(element.itertext())):
        yield "<style>"


def _is_dangerous_animation(element: str, attribute: str, name: str) -> bool:
    """Whether an animation names an attribute that it could make a link or a program."""
    last = name.rpartition(":")[2].lower()
    return element in _ANIMATIONS and attribute == "attributeName" and (last in ("href", "style", "src") or last[:2] == "on")


def _is_kept(name: etree.QName) -> bool:
    if name.namespace is None:
        return _ATTRIBUTES.fullmatch(name.localname) is not None
    return (name.namespace == _XLINK and name.localname == "href") or (
        name.namespace == _XML and name.localname in ("lang", "space")
    )


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (ValueError, binascii.Error):
        raise DamagedFileError from None
