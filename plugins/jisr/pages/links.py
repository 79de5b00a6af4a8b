"""The links of one page."""

from __future__ import annotations

from markupsafe import Markup

from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.language_names import language_name
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.index_pages import find_translate_address
from jisr.core.model.site import LinkTarget, Route, Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FEED_FORMATS
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.pages.media_markup import MediaWords, MediaWriter
from jisr.pages.views.component_views import BridgeItem, FeedLink, LanguageLink, Link

UNTRANSLATED_FRAGMENT = "#untranslated"


@query
def find_version_tags(site: Site, kind: str, identity: str) -> tuple[str, tuple[str, ...]]:
    """Return the language tag of the original of a text, and those of its versions that are listed."""
    texts = site.sets[kind, identity]
    return texts.origin, tuple(one.language.tag for one in texts.listed)


@query
def find_profile_name(site: Site, kind: str, identity: str, tag: str) -> LocalizedText | None:
    """Return the name of a topic, member, organisation or person in a language or the best there is; None without a text."""
    texts = site.get(kind, identity)
    best = texts.best_for(site.languages[tag]) if texts else None
    return LocalizedText(best.title, best.language) if best else None


@dataclass(frozen=True, slots=True)
class Linker:
    """The links of a page: returns addresses as links from it.

    Links are relative; those of a 404 page, which is served at any depth, begin at the root of the host, whichever serves it.
    """

    site: Site
    route: Route
    language: Language
    messages: Catalogs | None = None

    def url(self, address: str) -> str:
        """Return the link from this page to an address."""
        if self.route.family == "404.html":
            return paths.root_url(self.site.url, address)
        path, mark, fragment = paths.split_fragment(address)
        if mark and path == self.route.address:
            return mark + fragment
        return paths.relative_url(self.route.address, address, self.site.policy.from_disk)

    def absolute_url(self, address: str) -> str:
        """Return the whole URL of an address."""
        return paths.absolute_url(self.site.url, address)

    def render_body(self, document: Document, html: str | None = None) -> Markup:
        """Return the body of a document with its links as this page needs them."""

        def embed(tag: str, target: LinkTarget, attributes: str) -> str | None:
            return MediaWriter(document, self.site, self.url, self._media_words())(tag, target, attributes)

        return rewrite_links(document, self.site, self.language, self.url, self._language_mark, html, embed)

    def _media_words(self) -> MediaWords:
        if self.messages is None:
            return MediaWords()
        transcript = translate_sentence("transcript", self.messages, self.language)
        return MediaWords(transcript, lambda language: language_name(language, self.language))

    def feed_links(self, folder: str) -> tuple[FeedLink, ...]:
        """Return the links to a feed in each of its formats, by the folder of the feed."""
        return tuple(FeedLink(form.name, self.url(folder + form.file), form.media_type) for form in FEED_FORMATS)

    def _language_mark(self, language: Language) -> str:
        return f' <span class="in-language">({Markup.escape(language_name(language, self.language))})</span>'

    def text_url(self, document: Document) -> str:
        """Return the link to a version of a text."""
        return self.url(paths.text(document.language.tag, document.kind, document.id))

    def language_link(self, language: Language) -> LanguageLink:
        """Return this page's link to itself in a language, or to the nearest parent there is in that language."""
        if language == self.language:
            return LanguageLink(language, self.url(self.route.address), "current")
        address = self._same_page(language)
        if address is not None:
            return LanguageLink(language, self.url(address), "existing")
        return LanguageLink(language, self.url(self.parent_address(language) + UNTRANSLATED_FRAGMENT), "missing")

    def _same_page(self, language: Language) -> str | None:
        if self.route.family == "404.html":
            return paths.home(language.tag)
        if "/page/" in self.route.family:
            return self.site.family_address(self.route.family.split("/page/")[0], language)
        text, beside = paths.split_side_by_side(self.route.family)
        # In the language beside, the two versions change places; where there is no such page, the text stands alone.
        family = paths.side_by_side_family(text, self.language.tag) if beside == language.tag else self.route.family
        address = self.site.family_address(family, language)
        return self.site.family_address(text, language) if beside and address is None else address

    def parent_address(self, language: Language) -> str:
        """Return the address of the nearest page above this one that exists in a language: at last its home."""
        family = self.route.family
        if family.startswith("posts/"):
            family = "members/" + family.split("/")[1] + "/post"
        while "/" in family:
            family = family.rsplit("/", 1)[0]
            if (address := self.site.family_address(family, language)) is not None:
                return address
        return paths.home(language.tag)

    def other_versions(self, document: Document) -> tuple[LanguageLink, ...]:
        """Return the other versions of a text that are listed."""
        _, listed = self.site.ask(find_version_tags, *document.key)
        others = (self.site.languages[tag] for tag in listed if tag != document.language.tag)
        return tuple(LanguageLink(one, self.url(paths.text(one.tag, *document.key)), "existing") for one in others)

    def side_by_side_links(self, document: Document) -> tuple[LanguageLink, ...]:
        """Return the pages that show a version of a text side by side with each of the others."""
        site, own = self.site, paths.family(*document.key)
        if document.kind not in site.policy.side_by_side:
            return ()
        languages = [one.language for one in site.sets[document.key].versions]
        families = ((one, paths.side_by_side_family(own, one.tag)) for one in languages)
        addresses = ((one, site.family_address(family, document.language)) for one, family in families)
        return tuple(LanguageLink(language, self.url(address), "existing") for language, address in addresses if address)

    def bridge_items(self, document: Document) -> tuple[BridgeItem, ...]:
        """Return this text in each other language of the site: its title there, or where it waits for a translator."""
        texts = self.site.sets[document.key]
        existing, missing = [], []
        for language in self.site.languages:
            version = texts.get(language.tag)
            if language == document.language:
                continue
            if version is not None:
                original = language.tag == texts.origin
                existing.append(BridgeItem(language, self.text_url(version), version.title, original))
            else:
                missing.append(BridgeItem(language, self.translate_url(document, language)))
        return (*existing, *missing)

    def translate_url(self, document: Document, language: Language) -> str:
        """Return the link to the place where a text waits for a translator into a language."""
        if not document.listed:  # a hidden text waits on no public page
            return self.url(paths.collection_path(language.tag, "translate"))
        return self.url(self.site.ask(find_translate_address, language.tag, *document.key))

    def profile_link(self, kind: str, identity: str) -> Link | None:
        """Return the link to a topic or member in this page's language, or the best there is; None where it isn't built."""
        words = self.site.ask(find_profile_name, kind, identity, self.language.tag)
        if words is None:
            return None
        if (address := self.site.family_address(f"{kind}/{identity}", self.language)) is not None:
            return Link(words, self.url(address))
        return Link(words, self.url(paths.text(words.language.tag, kind, identity)), words.language.tag)

    def name_link(self, words: LocalizedText) -> Link:
        """Return a name as it is written, as a link to the member, organisation or person it means, where there is one."""
        key = self.site.entities.find(words.text)
        link = self.profile_link(*key) if key else None
        if link is None:
            return Link(words, "")
        return Link(link.words if key and key[1] == words.text else words, link.url, link.hreflang)

    def author_link(self, identity: str, document: Document) -> Link | None:
        """Return the link to an author of a document, a member or not."""
        if identity not in self.site.authors:
            return self.profile_link("members", identity)
        author = self.site.authors[identity]
        origin = self.site.languages[self.site.sets[document.key].origin]
        own = document.language.tag in author.names
        words = author.name_for(document.language if own else origin, self.site.languages)
        if (link := self.name_link(words)).url:
            return link
        for language in (self.language, document.language, *self.site.languages):
            address = self.site.family_address(f"authors/{identity}", language)
            if address is not None:
                return Link(words, self.url(address), "" if language == self.language else language.tag)
        return Link(words, "")
