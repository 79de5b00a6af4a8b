"""``content/redirects.yaml``: old addresses with a query, and where each leads."""

from __future__ import annotations

import json

from jisr.publishing.server_config.redirect_rules import render_apache, render_cloudflare
from tests.content.conftest import Command

WAYS = [("/\u0628/", "/ar/"), ("/rss.xml", "/ar/feed.atom")]
QUERIES = [("/?p=12&lang=ar", "/ar/news/x/#reply-a"), ("/spip.php?article12", "/en/news/x/")]


def test_a_page_leads_on_where_one_can(good: Command) -> None:
    """At the path of old addresses stands a page: it leads on where all lead to one text, else it says where each has gone."""
    site = good("replies")
    (goal,) = site.page("index.php/").xpath("//meta[@http-equiv='refresh']/@content")
    assert goal == "0; url=../en/news/flood/"
    (feed,) = site.page("feed/").xpath("//meta[@http-equiv='refresh']/@content")
    assert feed == "0; url=../ar/feed.atom"
    page = site.page("spip.php/")
    assert [one.text_content() for one in page.iter("bdi") if one.get("lang") is None] == [
        "/spip.php?article12",
        "/spip.php?article13",
    ]
    assert [one.get("href") for one in page.iter("a")] == ["../ar/news/flood/", "../en/news/flood/"]
    assert not site.has("rss.xml")


def test_apache_is_told_of_paths_and_queries() -> None:
    """Apache compares a decoded path and a query as it was asked for, and sends no query on."""
    lines = render_apache(WAYS, QUERIES).splitlines()
    assert 'RewriteCond %{QUERY_STRING} "^article12$"' in lines
    assert lines[lines.index('RewriteCond %{QUERY_STRING} "^article12$"') + 1] == (
        r'RewriteRule "^/?spip\.php$" "/en/news/x/" [R=301,L,NE,QSD]'
    )
    assert 'RewriteRule "^/?\u0628/$" "/ar/" [R=301,L,NE]' in lines


def test_cloudflare_is_given_a_function() -> None:
    """Cloudflare's rules know no query: a function has all old addresses, with and without one."""
    code = render_cloudflare(WAYS, QUERIES)
    table = json.loads(code[code.index("({") + 1 : code.index("})") + 1])
    assert table["/?p=12&lang=ar"] == "/ar/news/x/#reply-a"
    assert table["/%D8%A8/"] == "/ar/"
