"""Members as linked data: FOAF (http://xmlns.com/foaf/spec/) in RDF/XML."""

from __future__ import annotations

from typing import Any

from lxml import etree

from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.outputs.feeds.ids import strip_invalid_xml

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rss": "http://purl.org/rss/1.0/",
}
_LANG_ATTRIBUTE = "{http://www.w3.org/XML/1998/namespace}lang"


def render_members_foaf(site: Site) -> bytes:
    """Return the network as a group of the members that have a blog, each with its name, blog and feed."""
    root = etree.Element(_qualified_name("rdf:RDF"), nsmap=_NAMESPACES)
    group = _add_element(root, "foaf:Group")
    for language in site.languages:
        if name := site.network.names.get(language.tag):
            _add_text(group, "foaf:name", name, language)
    _add_element(group, "foaf:homepage", {"rdf:resource": f"{site.url}/"})
    for texts in site.of_kind("members"):
        profile = texts.original.profile
        if texts.original.listed and (profile.feed or profile.site):
            _add_member(_add_element(_add_element(group, "foaf:member"), "foaf:Agent"), texts.original)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add_member(agent: Any, member: Document) -> None:
    _add_text(agent, "foaf:name", member.title, member.language)
    if member.profile.site:
        _add_element(agent, "foaf:weblog", {"rdf:resource": member.profile.site})
    if member.profile.feed:
        _add_element(_add_element(agent, "rdfs:seeAlso"), "rss:channel", {"rdf:about": member.profile.feed})


def _add_text(parent: Any, name: str, text: str, language: Language) -> None:
    element = _add_element(parent, name)
    element.set(_LANG_ATTRIBUTE, language.tag)
    element.text = strip_invalid_xml(text)


def _add_element(parent: Any, name: str, attributes: dict[str, str] | None = None) -> Any:
    qualified = {_qualified_name(one): value for one, value in (attributes or {}).items()}
    return etree.SubElement(parent, _qualified_name(name), qualified)


def _qualified_name(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{_NAMESPACES[space]}}}{local}"
