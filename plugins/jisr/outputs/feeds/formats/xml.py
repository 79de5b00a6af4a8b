"""Serialization of XML elements as strings, for entries that are serialized once for all feeds."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

DC_NAMESPACE = "http://purl.org/dc/elements/1.1/"
XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"


def format_element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element with text content.

    >>> format_element("title", "C++ & بيان", {"xml:lang": "ar"})
    '<title xml:lang="ar">C++ &amp; بيان</title>'
    """
    return f"<{name}{_serialize_attributes(attributes or {})}>{escape(text)}</{name}>"


def wrap_elements(name: str, inner: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element around serialized elements."""
    return f"<{name}{_serialize_attributes(attributes or {})}>{inner}</{name}>"


def format_empty_element(name: str, attributes: Mapping[str, str]) -> str:
    """Return an empty element; attributes without a value are left out.

    >>> format_empty_element("link", {"href": "ckb/", "hreflang": ""})
    '<link href="ckb/"/>'
    """
    return f"<{name}{_serialize_attributes(attributes)}/>"


def _serialize_attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
