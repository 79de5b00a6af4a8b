"""Hosts that many blogs share: a feed there says nothing of the other addresses of its host."""

from __future__ import annotations

# Platforms that tell blogs apart by the path of an address, and services that pass feeds on; not those that give each blog a
# subdomain (blogspot.com, wordpress.com, substack.com).
_PLATFORMS = frozenset(
    """medium.com dev.to hashnode.com write.as telegra.ph t.me telegram.me notion.site sites.google.com docs.google.com
    feedburner.com feedburner.google.com feedproxy.google.com feedblitz.com follow.it rss.app rsshub.app rss-bridge.org
    kill-the-newsletter.com fetchrss.com politepol.com feed43.com feedly.com inoreader.com
    youtube.com youtu.be vimeo.com dailymotion.com soundcloud.com mixcloud.com anchor.fm spotify.com buzzsprout.com podbean.com
    simplecast.com libsyn.com transistor.fm megaphone.fm spreaker.com acast.com omnycontent.com castbox.fm
    facebook.com instagram.com twitter.com x.com bsky.app threads.net reddit.com mastodon.social mastodon.online mas.to
    mstdn.social pixelfed.social linkedin.com vk.com flickr.com pinterest.com tiktok.com
    github.com gitlab.com codeberg.org bitbucket.org globalvoices.org mediapart.fr opendemocracy.net""".split()
)
_OF_ONE_WRITER = frozenset("user users u author authors channel c profile people member members blogs".split())  # segments


def host_of(address: str) -> str:
    """Return the host of a canonical URL.

    >>> host_of("blog.example.org:8000/feed?x=1"), host_of("example.org?feed=rss")
    ('blog.example.org:8000', 'example.org')
    """
    return address.partition("/")[0].partition("?")[0]


def is_on_shared_host(address: str) -> bool:
    """Whether the host of a feed's canonical URL has other blogs, too: a known platform, or one whose path names the writer.

    >>> is_on_shared_host("feeds.feedburner.com/penus"), is_on_shared_host("social.example.org/@penus.rss")
    (True, True)
    >>> is_on_shared_host("penus.wordpress.com/feed"), is_on_shared_host("example.org/blog/feed.atom")
    (False, False)
    """
    labels = host_of(address).partition(":")[0].split(".")
    first = address.partition("/")[2].partition("/")[0]
    is_writer = first.startswith(("@", "~")) or first in _OF_ONE_WRITER
    return is_writer or any(".".join(labels[start:]) in _PLATFORMS for start in range(len(labels)))
