"""``content/redirects.yaml``: old addresses with a query, and where each leads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jisr.content.read.redirects import read_redirects
from jisr.core.urls.old_addresses import address_fault
from jisr.publishing.server_config.redirect_rules import netlify_queries, render_apache, render_cloudflare
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


@pytest.mark.parametrize("address", ["/x%0a?p=1", "/x?p=%0d%0aSet-Cookie:%20x", "/a%e2%80%aeb?c"])
def test_an_old_address_holds_nothing_that_cannot_be_seen(address: str, tmp_path: Path) -> None:
    """What a server decodes stands in its configuration: a line end, or what turns the direction, is refused there."""
    (tmp_path / "redirects.yaml").write_text(f"{address}: /en/\n", "utf-8")
    assert [one.code for one in read_redirects(tmp_path, "content")[1]] == ["alias"]


@pytest.mark.parametrize(
    "address",
    "_headers CNAME sw.js cgi-bin/x google123.html con .htaccess -rf {env.X} $1 x.html/y api/x a/_redirects a:b".split(),
)
def test_no_page_takes_a_name_that_servers_keep(address: str) -> None:
    """At the path of an old address with a query stands a page only where one can be; a program of an old site is no fault."""
    assert address_fault(address, may_be_program=True)
    assert not any(
        address_fault(one, may_be_program=True) for one in ("", "spip.php", "index.php", "x.asp", "rss.xml", "a/b.cgi")
    )


def test_a_sign_stands_for_itself_in_rules() -> None:
    """A star or a colon of an old address is no pattern that takes other addresses."""
    assert list(netlify_queries([("/*?x=1", "/en/"), ("/:a?b", "/en/")])) == ["/%2A x=1 /en/ 301!", "/%3Aa b= /en/ 301!"]
