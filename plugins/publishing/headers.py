"""What a server says beside each file: declared once; ``servers.py`` writes it in the language of each server."""

from __future__ import annotations

from types import MappingProxyType

# Of the site alone, and nothing inline: a word of a text can never become a program, nor ask another host.
# Written in full where ``default-src`` does not reach: https://www.w3.org/TR/CSP3/#directive-fallback-list
POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
_UNUSED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb".split()

HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        # A site that a reader leaves learns nothing of what was read here.
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{one}=()" for one in _UNUSED),
        "X-Content-Type-Options": "nosniff",
    }
)
# The names of the theme's files hold a hash of what is in them: one name never means two things (RFC 8246).
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300, must-revalidate"
HASHED = "/theme/"


def headers_for(path: str) -> dict[str, str]:
    """Give the headers for a path of the site.

    >>> headers_for("/ckb/")["Cache-Control"], headers_for("/theme/style.0a1b2c3d4e.css")["Cache-Control"]
    ('public, max-age=300, must-revalidate', 'public, max-age=31536000, immutable')
    """
    return {**HEADERS, "Cache-Control": FOREVER if path.startswith(HASHED) else SHORTLY}


def static_host() -> str:
    """Give ``_headers``, as hosts of static sites read it.

    Where two blocks state one header such a host joins both values with a comma, so that each header stands in one block;
    what pages say of caches is left to the host, which asks every time.
    See https://developers.cloudflare.com/pages/configuration/headers/ and https://docs.netlify.com/manage/routing/headers/.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), f"{HASHED}*", f"  Cache-Control: {FOREVER}"]
    lines += ["/*.txt", "  Content-Type: text/plain; charset=utf-8"]  # they hold names in every script
    return "\n".join(lines) + "\n"
