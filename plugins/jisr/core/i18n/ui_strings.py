"""Strings of the interface that code uses: names of parts of the site and sentences, as messages for the catalogues."""

from __future__ import annotations

from markupsafe import Markup, escape

from jisr.core.i18n.catalogs import SOURCE_LANGUAGE, Catalogs
from jisr.core.i18n.languages import Language, build_languages
from jisr.core.model.document import LocalizedText


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for a message that is looked up later)
    """Mark a message for extraction."""
    return message


LABELS = {
    # Translators: the first page of a language, in menus and breadcrumbs
    "home": N_("Home"),
    # Translators: the listing of all statements
    "statements": N_("Statements"),
    # Translators: the listing of all conferences
    "conferences": N_("Conferences"),
    # Translators: the listing of all news
    "news": N_("News"),
    # Translators: the listing of all posts of members' blogs
    "posts": N_("Posts"),
    # Translators: in a book of all texts, the heading of the pages about the network: its aims, its principles, its contact
    "pages": N_("Pages about the network"),
    # Translators: the listing of all members of the network
    "members": N_("Members"),
    # Translators: the listing of all topics
    "topics": N_("Topics"),
    # Translators: the list of those who signed texts and are no members
    "authors": N_("Authors"),
    # Translators: the page that gathers all resolutions of all statements
    "resolutions": N_("Resolutions"),
    # Translators: the page that shows which resolutions were kept
    "commitments": N_("Commitments"),
    # Translators: name of the feed of the replies that readers wrote to texts
    "replies": N_("Replies of readers"),
    # Translators: the page that shows conferences by city
    "places": N_("Places"),
    # Translators: the listing of all workgroups of the network
    "workgroups": N_("Workgroups"),
    # Translators: the listing of organisations that appear in texts: supporters, organisers, signatories
    "organisations": N_("Organisations"),
    # Translators: the listing of people who appear in texts: authors, translators, signatories
    "people": N_("People"),
    # Translators: the page that shows everything by year
    "timeline": N_("Timeline"),
    # Translators: the page that searches the texts, in menus
    "search": N_("Search"),
    # Translators: the page that lists the feeds
    "subscribe": N_("Subscribe"),
    # Translators: the page that shows how to tell whether a copy of the site is genuine; in the footer of each page
    "verify": N_("Is this copy genuine?"),
    # Translators: the page that names the texts which wait for a translator into this language
    "translate": N_("Translate"),
    # Translators: the page on how to read this site without a network: what can be taken away, and kept by a browser
    "offline": N_("Read offline"),
    # Translators: the page on which maintainers see whether the blogs of members answer
    "blogs": N_("State of the blogs"),
    # Translators: the page that shows a text in two languages beside each other, in the line that shows the way to it
    "beside": N_("Side by side"),
    # Translators: the page for editors that shows which text is translated into which language
    "status": N_("Translation board"),
    # Translators: the title of the page for an address that leads nowhere
    "404": N_("Page not found"),
}

SENTENCES = {
    # Translators: where a post of a member's blog was first published; %(link)s is its address
    "source": N_("First published at %(link)s"),
    # Translators: at the top of a feed that was opened in a browser, after the name of the feed
    "feed": N_("This is a feed. Put its address into a feed reader, and every new text will come to you by itself."),
    # Translators: at the top of a feed that was opened in a browser: link to the page that lists the same texts
    "page": N_("The same texts as a page"),
    # Translators: name of the list of the feeds of members' blogs, in programs that read lists of feeds
    "blogs": N_("Blogs of members"),
    # Translators: link below a recording or film: to a file with its words, for reading
    "transcript": N_("Transcript"),
    # Translators: who took a picture
    "picture": N_("Picture: %(name)s"),
    # Translators: name of the feed that holds the texts of every language of the site
    "all": N_("All languages"),
    # Translators: title of the page that stands where a reader without a network asks for a page that the browser did not keep
    "not kept": N_("This page is not kept here"),
    # Translators: on the page that stands where a reader without a network asks for a page that the browser did not keep
    "no network": N_("There is no network now, and this browser did not keep the page. Try again when there is one."),
    # Translators: above the list of the pages that a browser kept for reading without a network
    "kept pages": N_("These pages are kept and open without a network:"),
    # Translators: in the plain text of a page, above one or two sentences that fit into one short message of a telephone (SMS)
    "sms": N_("As a short message (SMS):"),
    # Translators: in the plain text of a page, before the address of that page
    "address": N_("Address of this page"),
    # Translators: heading of a newsletter, after the name of the network: %(day)s is the day from which on texts are named
    "new since": N_("New since %(day)s"),
    # Translators: at the end of a newsletter, where some new texts had no room; a link to the website follows
    "more": N_("There is more that is new: read on at the website."),
    # Translators: at the end of a newsletter: link to the home page of the network
    "website": N_("Website"),
    # Translators: in a mail that a reader is about to write in answer to a text, before the name; a colon follows
    "reply name": N_("Your name as it may be shown"),
    # Translators: in a mail that a reader is about to write in answer to a text, before the answer; a colon follows
    "reply words": N_("Your reply"),
    # Translators: in place of the name of somebody who wrote a reply to a text and gave no name
    "a reader": N_("A reader"),
    # Translators: at the end of a newsletter: link by which a reader gets it no more
    "unsubscribe": N_("Unsubscribe from this newsletter"),
}


def translate_sentence(name: str, messages: Catalogs, language: Language) -> Markup:
    """Return a sentence of the interface as HTML, a ``%`` format; one without translation is marked as English."""
    text = messages.for_language(language).gettext(SENTENCES[name])
    return text if isinstance(text, Markup) else escape(text)


def translate_label(name: str, messages: Catalogs, language: Language) -> LocalizedText:
    """Return the name of a part of the site in a language, or in English where it has no translation."""
    return localize(LABELS[name], messages, language)


def localize(message: str, messages: Catalogs, language: Language) -> LocalizedText:
    """Return a message in a language, or in English where it has no translation."""
    text = messages.for_language(language).gettext(message)
    if isinstance(text, Markup):
        return LocalizedText(message, build_languages((SOURCE_LANGUAGE,))[SOURCE_LANGUAGE])
    return LocalizedText(text, language)
