"""What platforms add to the words of an author: sharing, subscribing, fields, closing lines, codes, the title again.

Structure decides before wording: names of classes that platforms give, forms, addresses of buttons, links of a text to
itself. Wordings (``platform_words.py``) count at the edges of a text alone. Nothing that is most of a text is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

from jisr.ingest.language.letter_folding import normalize_text
from jisr.ingest.sanitize import platform_words
from jisr.ingest.sanitize.node_tree import BLOCKS, HEADINGS, HtmlNode, text_content
from jisr.ingest.sanitize.platform_codes import replace_codes

_PLATFORM_CLASS = re.compile(
    r"(?:sharedaddy|sd-(?:sharing|block|social)[\w-]*|robots-nocontent|jp-relatedposts|(?:jetpack-)?likes-widget[\w-]*"
    r"|jetpack[_-]subscri[\w-]*|wp-block-jetpack-(?:subscri|shar|like|related)[\w-]*|a2a_kit|addtoany[\w-]*|addthis[\w-]*|at-above-post[\w-]*"
    r"|at-below-post[\w-]*"
    r"|(?:social|post|article|entry|page)[_-]?shar(?:e|ing)[\w-]*|shar(?:e|ing)[_-](?:buttons?|bar|links?|icons?|post"
    r"|this|box|tools?)[\w-]*"
    r"|social[_-](?:buttons?|icons?|links?|media|likes?|bar)[\w-]*|heateor[\w-]*|ssba[\w-]*|sfsi[\w-]*|essb[\w-]*"
    r"|mashsb[\w-]*|dpsp[\w-]*|simplesocial[\w-]*|shareaholic[\w-]*|sumome[\w-]*|feedflare|fb-(?:like|share-button|comments|page|follow)"
    r"|twitter-share-button"
    r"|g-plusone|wp_rp[\w-]*|zem_rp[\w-]*|yarpp[\w-]*|crp_related|related[_-]?(?:posts?|articles?|content"
    r"|entries)[\w-]*|outbrain[\w-]*"
    r"|(?:newsletter|subscri(?:be|ption)|mailpoet|mc4wp|mc_embed|mailchimp|optin|sib[_-]form|kg-signup|convertkit"
    r"|ck[_-]form)(?:[_-][\w-]*)?"
    r"|wpcf7[\w-]*|wpforms[\w-]*|gform[\w-]*|contact-form[\w-]*|comments?-(?:respond|area|form|list|link|template)|respond"
    r"|post-navigation|nav-links|blog-pager|breadcrumbs?|entry-(?:meta|footer|utility)|post-(?:meta|footer|views"
    r"|ratings?|tags|categories)"
    r"|blogger-post-footer|jump-link|kksr[\w-]*|wpulike[\w-]*|(?:star-)?ratings?-widget|screen-reader-text|sr-only"
    r"|visually-?hidden"
    r"|more-link|read-?more(?:-link)?|continue-reading|adsbygoogle|ad-(?:container|slot|unit|banner)"
    r"|advert(?:isement)?s?|google-auto-placed"
    r"|mw-editsection|noprint|field--?name-(?:title|node-title|uid|author|created|changed|post-date|submitted"
    r"|comment[\w-]*|links|field-tags"
    r"|field-share[\w-]*|taxonomy[\w-]*|service-links)|node__(?:meta|links|submitted)|links?-inline|submitted|service-links"
    r"|article-info(?:-term)?|pagenavigation|pager|content_rating|content_vote|joomla-hidden-mail"
    r"|__cf_email__"
    r"|captioned-button-wrap|subscription-widget[\w-]*|post-ufi[\w-]*|poll-embed|paywall[\w-]*)",
    re.IGNORECASE,
)
_PLATFORM_ID = re.compile(r"cloak[0-9a-f]+|jp-relatedposts|respond|mc_embed_signup|disqus_thread", re.IGNORECASE)
_FORM_FIELDS = frozenset(("input", "button", "textarea", "select"))
_ACTION_URL = re.compile(
    r"[?&](?:share|action=share|replytocom|sfw)=|/sharer?(?:\.php|-offsite)?(?:[/?]|$)|[./](?:twitter|x)\.com/(?:share"
    r"|intent)|intent/(?:tweet|post|compose)"
    r"|//t\.me/share|//(?:api\.)?wa(?:\.me|\.whatsapp\.com|web\.whatsapp\.com)?/(?:send)?\?|whatsapp\.com/send"
    r"|shareArticle|pin(?:terest\.[a-z.]+/pin)/create"
    r"|reddit\.com/submit|tumblr\.com/(?:widgets/)?share|vk\.com/share|getpocket\.com/(?:save|edit)|#(?:respond"
    r"|comments?|disqus_thread|/portal/)|/portal/signup"
    r"|/wp-login\.php|/comment/reply/|/(?:node/\d+|users?)/?(?:#comment-form|login|register)|substack\.com/(?:subscribe"
    r"|signup)|/subscribe(?:[?#/]|$)|mailto:\?",
    re.IGNORECASE,
)
_CARD_CLASS = re.compile(
    r"(?:kg-(?:bookmark|file)-card|(?:bookmark|link|embed|preview)[_-](?:card|preview)|embedded-post|wp-block-bookmark)",
    re.IGNORECASE,
)
_FILE_CLASS = re.compile(r"(?:^|\s)wp-block-file(?:\s|$)")
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:\s|$)", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])title(?:[\s_-]|$)", re.IGNORECASE)
_SCRIPT_NOTICE = re.compile("java ?script", re.IGNORECASE)
_LONGEST_LABEL = 8  # words beside the buttons of a block
_LONGEST_CLOSING = 45  # words of a closing line
_SMALL_PART = 25  # words of a part with a platform's class, which may be more than half of a short text
_LONGEST_PART = 120  # words of one of links or fields
_MOST_CLOSINGS = 10
_CONTAINERS = frozenset(("div", "section", "article", "main", "td", "center"))
_LEAST_TEXT = 3  # words that stay
_EDGE_BLOCKS = 4
_CUT_MARK = re.compile(
    r"\s*(?:\[\s*(?:…|\.{2,4}|\u2026)\s*\]|\(\s*(?:…|\.{3})\s*\)|\[\s*(?:Read more|\+|more|plus|المزيد)\s*\])\s*$",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"(?<=[.!?؟۔])\s+\S+(?:\s+\S+)?$")  # one or two words of a sentence that was cut
_SENTENCE_END = (".", "!", "?", "؟", "۔", "…", ":", "»", "”", '"')


@dataclass(slots=True)
class PlatformParts:
    """The post that a text belongs to, and what was found in the text."""

    title: str = ""
    link: str = ""
    home: str = ""
    count: int = 0  # parts that were removed
    author: str = ""  # of a line such as "By …"
    is_protected: bool = False  # a form for a password stands in place of the text
    has_password: bool = False
    word_counts: dict[int, int] = field(default_factory=dict)  # by the identity of an element, before anything is removed

    def remove_from(self, root: HtmlNode) -> None:
        """Remove what a platform added to a text, in its tree."""
        total = self._count_below(root)
        self.has_password = any(map(_is_password, _elements(root)))
        self.is_protected = platform_words.PROTECTED_TITLE.match(self.title) is not None and total <= _LONGEST_LABEL * 2
        self._remove_elements(root, total)
        self.count += replace_codes(root)
        for node in list(_elements(root)):
            if _CARD_CLASS.search(node.attributes.get("class", "")):
                _make_link(node)
            elif _FILE_CLASS.search(node.attributes.get("class", "")):
                _drop_repeated_link(node)
            elif node.name == "a" and self._is_within(node.attributes.get("href", "")):
                node.name, node.attributes = "span", {}  # a footnote or a heading: our page has no such place
        _split_runs(root)
        self._remove_repeated_title(root)
        self._remove_byline(root)
        self._remove_closing(root)

    def _count_below(self, node: HtmlNode) -> int:
        children = (self._count_below(one) if isinstance(one, HtmlNode) else len(one.split()) for one in node.children)
        self.word_counts[id(node)] = sum(children)
        return self.word_counts[id(node)]

    def _drop(self, parent: HtmlNode, child: HtmlNode) -> None:
        parent.children = [one for one in parent.children if one is not child]
        self.count += 1

    def _remove_elements(self, node: HtmlNode, total: int) -> None:
        """Remove parts that are a platform's by their class, role, form or links."""
        dropped: set[int] = set()
        for child in node.children:
            if not isinstance(child, HtmlNode):
                continue
            size = self.word_counts[id(child)]
            if _is_password(child):
                self.is_protected = self.is_protected or total <= _LONGEST_PART
            if self._is_platform_part(child, size, total) or (size <= _LONGEST_CLOSING and _is_buttons(child)):
                if child.name == "form":
                    self._remove_elements(child, total)
                dropped.add(id(child))
            else:
                self._remove_elements(child, total)
        node.children = [child for child in node.children if id(child) not in dropped]
        self.count += len(dropped)

    def _is_platform_part(self, node: HtmlNode, size: int, total: int) -> bool:
        names = node.attributes.get("class", "").split()
        is_named = any(map(_PLATFORM_CLASS.fullmatch, names)) or _PLATFORM_ID.fullmatch(node.attributes.get("id", "").strip())
        is_navigation = node.name == "nav" or node.attributes.get("role") in ("navigation", "search")
        is_form = node.name == "form" and any(one.name in _FORM_FIELDS for one in _elements(node))
        is_notice = node.name == "noscript" and _SCRIPT_NOTICE.search(text_content(node)) is not None
        if not (is_named or is_navigation or is_form or is_notice) or (size == 0 and _has_media(node)):
            return False
        is_password = is_form and self.has_password and any(map(_is_password, _elements(node)))
        linked = sum(self.word_counts[id(one)] for one in _elements(node) if one.name == "a")
        is_small = size <= _SMALL_PART or ((is_form or linked * 2 > size) and size <= _LONGEST_PART)
        return is_password or (is_small and total - size >= _LEAST_TEXT) or size * 2 <= total

    def _remove_repeated_title(self, root: HtmlNode) -> None:
        """Remove a heading or first line that is the title again."""
        blocks = list(_text_blocks(root))
        for number, (parent, block) in enumerate(blocks[:_EDGE_BLOCKS]):
            is_first = number == 0 or block.name in HEADINGS
            if is_first and len(blocks) > 1 and self._is_title(block) and not _has_media(block):
                self._drop(parent, block)
                return
            lines = [one for one in block.children if not isinstance(one, str) or one.strip()]
            first, second = [*lines, "", ""][:2]
            is_line = isinstance(first, HtmlNode) and isinstance(second, HtmlNode) and second.name == "br"
            if number == 0 and is_line and isinstance(first, HtmlNode) and self._is_title(first) and len(lines) > 2:
                self._drop(block, first)
                return

    def _is_title(self, node: HtmlNode) -> bool:
        title = re.findall(r"\w+", normalize_text(self.title))
        return bool(title) and re.findall(r"\w+", normalize_text(text_content(node))) == title

    def _remove_byline(self, root: HtmlNode) -> None:
        """Remove a first line that names the author, and remember the name."""
        blocks = list(_text_blocks(root))
        for parent, block in blocks[:2] if len(blocks) > 1 else ():
            text = _line(block)
            is_marked = any(one.name in ("strong", "b", "em", "i", "small") and _line(one) == text for one in _elements(block))
            has_class = re.search("author|byline", block.attributes.get("class", ""), re.IGNORECASE)
            match = platform_words.BYLINE.fullmatch(text) or (
                platform_words.OPEN_BYLINE.fullmatch(text) if is_marked or has_class else None
            )
            if match and len(text.split()) <= _LONGEST_LABEL and not _has_media(block):
                self.author = match["name"].strip()
                self._drop(parent, block)
                return

    def _remove_closing(self, root: HtmlNode) -> None:
        """Remove last lines that lead to the text itself or invite to it, and the sign that it was cut."""
        for _ in range(_MOST_CLOSINGS):
            blocks = list(_text_blocks(root))
            if not blocks:
                self._remove_cut_mark(root)
                return
            parent, block = blocks[-1]
            has_more = len(blocks) > 1 or len(text_content(root).split()) > _count_words(block)
            if has_more and not _has_media(block) and self._is_closing(block):
                self._drop(parent, block)
            elif not (self._remove_last_link(block) or self._remove_cut_mark(block)):
                return

    def _is_closing(self, block: HtmlNode) -> bool:
        text, words = _line(block), _count_words(block)
        links = [one.attributes.get("href", "") for one in _elements(block) if one.name == "a"]
        is_to_itself = any(map(self._is_own, links)) and any(map(self._is_home, links))
        is_of_this = any(map(self._is_own_host, links)) or (self.title and normalize_text(self.title) in normalize_text(text))
        if platform_words.HOST_NOTICE.match(text):
            return True
        if words <= _LONGEST_CLOSING and (is_to_itself or (is_of_this and platform_words.CLOSING.search(text))):
            return True
        is_invitation = words <= _LONGEST_LABEL and platform_words.INVITATION.match(text) is not None
        is_label = text.endswith((":", "…", "...", "→", "»")) or block.name in HEADINGS
        return is_invitation and (is_label or (bool(links) and all(map(self._is_own_host, links))))

    def _remove_last_link(self, block: HtmlNode) -> bool:
        """Remove a last link that leads to the text itself, with words such as "read on"."""
        parent, last = block, block
        while last.children and isinstance(last, HtmlNode):
            final = next((one for one in reversed(last.children) if not isinstance(one, str) or one.strip()), None)
            if not isinstance(final, HtmlNode):
                return False
            parent, last = last, final
            if last.name == "a":
                break
        if last.name != "a" or _count_words(last) > 2 * _LONGEST_LABEL or _has_media(last):
            return False
        said = platform_words.INVITATION.match(_line(last)) is not None or not re.search(r"\w", _line(last))
        is_own = self._is_own(last.attributes.get("href", ""))
        if not (is_own and (said or normalize_text(_line(last)) == normalize_text(self.title))):
            return False
        self._drop(parent, last)
        return True

    def _remove_cut_mark(self, block: HtmlNode) -> bool:
        """Replace "[…]" at the end by "…", or by nothing after a sentence, as what a host says of itself."""
        parent, last = block, _last_content(block)
        while isinstance(last, HtmlNode):
            parent, last = last, _last_content(last)
        if notice := platform_words.HOST_NOTICE.search(last):
            parent.children[-1] = last[: notice.start()].rstrip()
            self.count += 1
            return True
        match = _CUT_MARK.search(last)
        if match is None:
            return False
        before = _FRAGMENT.sub("", last[: match.start()].rstrip())
        parent.children[-1] = before if before.endswith(_SENTENCE_END) or not before else f"{before}…"
        self.count += 1
        return True

    def _is_own(self, href: str) -> bool:
        return bool(self.link) and _address(href) == _address(self.link)

    def _is_within(self, href: str) -> bool:
        """Whether a link leads to a place within the text."""
        return href.startswith("#") or ("#" in href and self._is_own(href.partition("#")[0]))

    def _is_own_host(self, href: str) -> bool:
        return bool(_address(href)) and _address(href).split("/")[0] in {
            _address(one).split("/")[0] for one in (self.link, self.home)
        }

    def _is_home(self, href: str) -> bool:
        """Whether a link leads to the site of the post: its home, or a part of it above the post."""
        own, other = _address(self.link), _address(href)
        return bool(other) and other != own and (own.startswith(f"{other}/") or other == _address(self.home))


def _address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    query = parts.query if re.search(r"(?:^|&)(?:p|id|v|article\d*|page_id)\b", parts.query) else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def _elements(node: HtmlNode) -> Iterator[HtmlNode]:
    for child in node.children:
        if isinstance(child, HtmlNode):
            yield child
            yield from _elements(child)


def _count_words(node: HtmlNode) -> int:
    return len(text_content(node).split())


def _line(node: HtmlNode) -> str:
    return " ".join(text_content(node).split())


def _has_media(node: HtmlNode) -> bool:
    return any(
        one.name in ("img", "amp-img", "iframe", "video", "audio", "object", "embed", "picture") for one in _elements(node)
    )


def _is_password(node: HtmlNode) -> bool:
    kind, name = (node.attributes.get(key, "").lower() for key in ("type", "name"))
    return node.name == "input" and (kind == "password" or name == "post_password")


def _last_content(node: HtmlNode) -> HtmlNode | str:
    """Return the last child of an element, after which breaks and spaces are removed."""
    while node.children:
        last = node.children[-1]
        if last.strip() if isinstance(last, str) else last.name != "br":
            return last
        node.children.pop()
    return ""


def _is_buttons(node: HtmlNode) -> bool:
    """Whether a block has links to actions of a platform alone, with few words beside them."""
    if node.name not in BLOCKS and node.name != "a":
        return False
    links = [node] if node.name == "a" else [one for one in _elements(node) if one.name == "a"]
    if (
        not links
        or not all(_ACTION_URL.search(one.attributes.get("href", "")) for one in links)
        or _has_media_beside(node, links)
    ):
        return False
    return _count_words(node) - sum(map(_count_words, links)) <= _LONGEST_LABEL - 2 and sum(
        map(_count_words, links)
    ) <= 6 * len(links)


def _has_media_beside(node: HtmlNode, links: list[HtmlNode]) -> bool:
    return sum(one.name in ("img", "iframe", "video", "audio") for one in _elements(node)) > sum(map(_has_media, links))


def _text_blocks(node: HtmlNode) -> Iterator[tuple[HtmlNode, HtmlNode]]:
    """Yield the innermost blocks with text, each with its parent, in their order; text between blocks is none."""
    for child in node.children:
        if not isinstance(child, HtmlNode):
            continue
        inner = [pair for pair in _text_blocks(child) if pair[1].name in BLOCKS]
        if inner:
            yield from inner
        elif (child.name in BLOCKS or (node.name == "div" and child.name == "span")) and text_content(child).strip():
            yield node, child


def _make_link(node: HtmlNode) -> None:
    """Make a card of a page one link with its title."""
    link = next((one for one in [node, *_elements(node)] if one.name == "a" and one.attributes.get("href")), None)
    if link is None:
        return
    titles = [
        one
        for one in _elements(link)
        if _TITLE_CLASS.search(one.attributes.get("class", "").replace("kg-bookmark-", "").replace("kg-file-card-", ""))
    ]
    names = ((one, one.name, one.attributes.get("class", "")) for one in _elements(node) if _line(one))
    captions = [one for one, name, classes in names if name == "figcaption" or _CAPTION_CLASS.search(classes)]
    title = next(filter(None, map(_line, titles)), "") or _line(link)
    if title:
        paragraphs = [HtmlNode("p", {}, [HtmlNode("a", {"href": link.attributes["href"]}, [title])])]
        node.children = [*paragraphs, *(HtmlNode("p", {}, one.children) for one in captions)]
        node.name, node.attributes = "div", {}


def _drop_repeated_link(node: HtmlNode) -> None:
    """Drop the button beside the link to a file, which leads where the link does."""
    links = [one for one in _elements(node) if one.name == "a" and _line(one)]
    for first, second in pairwise(links):
        if first.attributes.get("href") == second.attributes.get("href"):
            second.children = []


def _split_runs(node: HtmlNode) -> None:
    """Make paragraphs of the text between blocks and double breaks, as a page shows it."""
    for child in node.children:
        if isinstance(child, HtmlNode) and child.name in _CONTAINERS:
            _split_runs(child)
    has_blocks = any(isinstance(child, HtmlNode) and child.name in BLOCKS for child in node.children)
    runs: list[list[HtmlNode | str]] = [[]]
    breaks = 0
    for child in node.children:
        name = child.name if isinstance(child, HtmlNode) else "" if child.strip() else " "
        breaks = breaks + 1 if name == "br" else breaks if name == " " else 0
        if breaks > 1 or name in BLOCKS:
            runs += [[child], []] if breaks < 2 else [[]]
        else:
            runs[-1].append(child)
    filled = [run for run in runs if any(not isinstance(one, str) or one.strip() for one in run)]
    if len(filled) > 1 and (has_blocks or len(runs) > 1):
        node.children = [child for run in runs for child in _as_paragraph(run)]


def _as_paragraph(run: list[HtmlNode | str]) -> list[HtmlNode | str]:
    has_text = any(text_content(one).strip() for one in run)
    is_block = any(isinstance(one, HtmlNode) and one.name in BLOCKS for one in run)
    return [HtmlNode("p", {}, run)] if has_text and not is_block else run
