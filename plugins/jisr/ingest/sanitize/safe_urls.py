"""Addresses in untrusted HTML: absolute and of the schemes http, https, mailto and tel, or none."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, urljoin, urlsplit

MAX_URL_LENGTH = 2000
_MOST_REDIRECTS = 5

_INVISIBLE_CHARACTERS = re.compile("[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
TRACKING_NAME = re.compile(
    r"utm_.*|mc_[ce]id|mkt_tok|fb_(?:action_.*|source|ref)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|msclkid|yclid|ysclid|igsh(?:id)?"
    r"|twclid|ttclid|li_fat_id|trk(?:info|campaign|emid)?|_hs(?:enc|mi)|__hs(?:tc|sc|fp)|hsctatracking|pk_.*|mtm_.*|matomo_.*|piwik_.*|xtor"
    r"|at_(?:medium|campaign|creation|custom\d*)|__twitter_impression|oly_(?:anon|enc)_id|vero_(?:id|conv)|wickedid|ref_(?:src|url)"
    r"|ncid|s_cid|spm|_ga|_gl|guc(?:counter|e_referrer.*)|_branch_match_id|sc_campaign|ml_subscriber.*|ck_subscriber_id|bbeml|is_from_webapp"
    r"|sender_device|dm_i|elqtrack.*|_openstat|ns_(?:mchannel|source|campaign|linkname|fee)",
    re.IGNORECASE,
)
"""Names of parameters that tell who follows a link, and from where."""
_TRACKING_PAIR = re.compile(r"source=rss-.*|ref=(?:[\w-]+\.)+[a-z]{2,20}|feature=(?:share|youtu\.be)", re.IGNORECASE)
_TRACKING_OF_HOSTS = (
    (re.compile(r"(?:.*\.)?(?:youtube\.com|youtu\.be|spotify\.com)"), re.compile("si|pp")),
    (re.compile(r"(?:.*\.)?(?:twitter|x)\.com"), re.compile("s|t|ref_src")),
    (re.compile(r"(?:.*\.)?tiktok\.com"), re.compile("_[tr]|web_id")),
    (re.compile(r"(?:.*\.)?facebook\.com"), re.compile(r"__tn__|__cft__.*|__xts__.*|mibextid|rdid|refsrc|fref|hc_ref")),
    (re.compile(r"(?:.*\.)?medium\.com"), re.compile("source")),
)
_REDIRECTS = re.compile(  # pages of platforms that note who leaves, and where the address is that they lead to
    r"https?://(?:(?:(?:l|lm|www|m)\.)?(?:facebook|instagram|messenger)\.com/(?:l\.php|flx/warn/?)?\?(?:[^#]*&)?u="
    r"|(?:www\.)?google\.[a-z.]{2,6}/url\?(?:[^#]*&)?(?:q|url)=|t\.umblr\.com/redirect\?(?:[^#]*&)?z=|(?:www\.)?href\.li/\?"
    r"|(?:m\.)?vk\.com/away(?:\.php)?\?(?:[^#]*&)?to=|(?:www\.)?youtube\.com/redirect\?(?:[^#]*&)?q=|out\.reddit\.com/[^?#]*\?(?:[^#]*&)?url="
    r"|slack-redir\.net/link\?(?:[^#]*&)?url=|(?:www\.)?steamcommunity\.com/linkfilter/\?(?:[^#]*&)?u(?:rl)?="
    r"|(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)/?\?(?:[^#]*&)?url=|[\w.]+\.safelinks\.protection\.outlook\.com/\?(?:[^#]*&)?url=)"
    r"(?P<url>https?(?:%3A|:)[^&\s]+)",
    re.IGNORECASE,
)
_TRIMMED_CHARACTERS = re.compile("^[\x00-\x20\xa0]+|[\x00-\x20\xa0]+$|[\t\n\r]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB_URL = re.compile(r"https?://[^/?#\s@]+(?:[/?#]|$)", re.IGNORECASE)
_MAILTO_URL = re.compile(r"mailto:([A-Za-z0-9.!#$%&'*+=^_~-]{1,64}@[A-Za-z0-9.-]{1,255})(?:\?.*)?", re.IGNORECASE)
_TEL_URL = re.compile(r"tel:\+?[0-9() .-]{3,30}", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile('[\\s\x00-\x20"<>\\\\^`{|}\x7f-\xa0]')
_TAG = re.compile(r"""<[A-Za-z](?>(?:[^<>"']++|"[^"<]{0,9000}"|'[^'<]{0,9000}')*)>""")
_URL_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ABSOLUTE_URL = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#)")


def safe_url(href: str, base: str) -> str:
    r"""Return the absolute address of a link, or "" where it is not safe.

    Browsers ignore controls and spaces in a scheme and read ``\`` as ``/``
    (https://url.spec.whatwg.org/#concept-basic-url-parser): so does this. Addresses with a user name before the host are
    rejected: their purpose is to deceive.

    >>> safe_url("../2012/بيان", "https://example.org/blog/post/"), safe_url("java\tscript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    >>> safe_url("//example.net/a b", "http://example.org/"), safe_url("https://example.org@evil.example/", "")
    ('http://example.net/a%20b', '')
    """
    href = _TRIMMED_CHARACTERS.sub("", href)
    if not href or len(href) > MAX_URL_LENGTH:
        return ""
    scheme_match = _SCHEME.match(_INVISIBLE_CHARACTERS.sub("", href))
    scheme = scheme_match[1].lower() if scheme_match else ""
    if scheme in ("mailto", "tel"):
        return _contact_url(_INVISIBLE_CHARACTERS.sub("", href) if scheme == "mailto" else href)
    if scheme not in ("", "http", "https"):
        return ""
    if scheme_match and not _SCHEME.match(href):
        return ""  # invisible characters in a scheme hide it
    path, mark, query = _split_query(href)
    try:
        url = urljoin(base, path.replace("\\", "/") + mark + query)
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    url = _UNSAFE_CHARACTERS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8")), url)
    return url if host and _WEB_URL.match(url) and len(url) <= MAX_URL_LENGTH else ""


def strip_tracking(url: str) -> str:
    """Return an address without parameters that tell who follows it; of a page that notes who leaves, where it leads.

    >>> strip_tracking("https://example.org/?p=7&utm_source=rss&fbclid=x#a"), strip_tracking("https://example.org/?gclid=1")
    ('https://example.org/?p=7#a', 'https://example.org/')
    >>> strip_tracking("https://www.google.com/url?q=https://example.org/%25D8%25A8%3Fid%3D7&sa=D&usg=x")
    'https://example.org/%D8%A8?id=7'
    """
    for _ in range(_MOST_REDIRECTS):
        match = _REDIRECTS.match(url)
        if match is None:
            break
        url = safe_url(unquote(match["url"]), "") or url
    address, mark, fragment = url.partition("#")
    path, query_mark, query = address.partition("?")
    if query_mark and url.lower().startswith("http"):
        host = re.sub(r"^https?://|[:/].*", "", path.lower())
        names = [pattern for hosts, pattern in _TRACKING_OF_HOSTS if hosts.fullmatch(host)]
        query = "&".join(pair for pair in query.split("&") if not _is_tracking(pair, names))
        address = f"{path}?{query}" if query else path
    is_tracking = "=" in fragment and all(_is_tracking(pair, []) for pair in fragment.split("&"))
    return address if is_tracking else f"{address}{mark}{fragment}"


def _is_tracking(pair: str, names: list[re.Pattern[str]]) -> bool:
    name = unquote(pair.partition("=")[0]).removeprefix("amp;")
    return bool(TRACKING_NAME.fullmatch(name) or _TRACKING_PAIR.fullmatch(pair) or any(one.fullmatch(name) for one in names))


def _split_query(href: str) -> tuple[str, str, str]:
    """Return the part before a query or fragment, the character that begins it, and the rest."""
    position = min((index for mark in "?#" if (index := href.find(mark)) >= 0), default=len(href))
    return href[:position], href[position : position + 1], href[position + 1 :]


def _contact_url(href: str) -> str:
    """Return the address of a mailbox, without subject and body, or a phone number."""
    match = _MAILTO_URL.fullmatch(href)
    if match:
        return f"mailto:{match[1]}"
    return re.sub(r"[^0-9a-z:+]", "", href.lower()) if _TEL_URL.fullmatch(href) else ""


def display_host(url: str) -> str:
    """Return the host of an address without ``www``, as a label.

    >>> display_host("https://www.youtube.com/watch?v=1")
    'youtube.com'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def absolute_web_url(href: str, *bases: str) -> str:
    """Return a web address, resolved against the first base that makes it absolute; "" where none does.

    >>> absolute_web_url("../2012/بيان", "", "https://example.org/blog/post/"), absolute_web_url("javascript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    """
    for base in bases or ("",):
        url = safe_url(href, base)
        if url.startswith(("http://", "https://")):
            return url
    return ""


def resolve_urls(content: str, *bases: str) -> str:
    """Return untrusted HTML with absolute addresses; invalid ones stay for the sanitizer.

    >>> resolve_urls('<a href="/a?b&amp;c">x</a> <img src=b.png>', "https://example.org/blog/")
    '<a href="https://example.org/a?b&amp;c">x</a> <img src="https://example.org/blog/b.png">'
    """
    if not any(bases):
        return content

    def resolve(match: re.Match[str]) -> str:
        href = html.unescape(match[2] or match[3] or match[4] or "")
        if not href.strip() or _ABSOLUTE_URL.match(href):
            return match[0]
        url = absolute_web_url(href, *filter(None, bases))
        return f'{match[1]}"{html.escape(url)}"' if url else match[0]

    return _TAG.sub(lambda match: _URL_ATTRIBUTE.sub(resolve, match[0]), content)
