"""What platforms add goes from any text, and what goes opens no door."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.ingest.sanitize.platform_parts import PlatformParts
from jisr.ingest.sanitize.sanitizer import sanitize_html
from tests.ingest.sanitize.guarding import unfit_safe
from tests.ingest.sanitize.test_sanitizing import BASE, SOUP

PARTS = st.sampled_from(
    [
        '<div class="sharedaddy"><a href="?share=x">',
        "<form><input type=password>",
        "{youtube}a1{/youtube}",
        "[caption x='<b>']",
        "[embed]javascript:alert(1)[/embed]",
        '[embed]https://e.example/"onclick=x[/embed]',
        "<p>بقلم: سارة</p>",
        "<p>Read more: [&hellip;]",
        '<figure class="link-card"><a href="javascript:x"><b class="title">',
        "<b style='font-weight:400'><p style='mso-list:l0 level2 lfo1'>1. ",
        "<img src='data:,'><noscript><img src=/a.jpg>",
        "<iframe srcdoc='&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;y'>",
        "<h2>T</h2>",
        "https://e.example/<b>",
        """<div class="embed" data-attrs='{"url":"javascript:x()","title":"<b onclick=x>y"}'>""",
        "<div class=video data-html=\"&lt;iframe srcdoc='&lt;script>x()&lt;/script>' src=//y.example/z>"
        "&lt;div class=video data-html='&lt;iframe>'>\">",
        """<div class="fb-post" data-href="https://e.example/?utm_source=x&amp;fbclid=<b>"><blockquote>y""",
        """<dl class=spip_documents><dt><a href="javascript:x" title="<i>"><img><dd class=titre>z""",
        "<script type=math/tex>x<script data-telegram-post=a/1>",
        "<a href=https://www.google.com/url?q=javascript:x&q=https://e.example/&utm_x=1>r",
        "<a href='#a'>1</a><span class=katex><math><mi>x</mi></math><b>2",
    ]
)


def clean(html: str) -> tuple[str, PlatformParts]:
    parts = PlatformParts("T", f"{BASE}t", BASE)
    return sanitize_html(html, BASE, prepare=parts.remove_from), parts


@settings(max_examples=200, deadline=None)
@given(SOUP, st.lists(PARTS, max_size=4), SOUP)
def test_whatever_goes_the_rest_is_safe(before: str, parts: list[str], after: str) -> None:
    """Any text around parts of platforms is safe HTML after they have gone, and sanitizing it again changes nothing."""
    safe, _ = clean(before + "".join(parts) + after)
    assert unfit_safe(safe) == []
    assert sanitize_html(safe, BASE) == safe


@pytest.mark.parametrize("name", ["b", "strong"])
def test_a_text_of_an_author_alone_is_untouched(name: str) -> None:
    """Nothing is counted where a platform added nothing."""
    html = f'<p>Em <{name}>li ber çem</{name}> rûniştin.</p><p><a href="https://e.example/">e</a></p>'
    assert clean(html)[0] == sanitize_html(html, BASE)
    assert clean(html)[1].count == 0
