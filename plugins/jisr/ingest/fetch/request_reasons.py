"""Why a request fails, as phrases that can be translated: what ``http_client`` and ``http_redirects`` say in English."""

from __future__ import annotations

from jisr.core.diagnostics.problems import phrase

REQUEST_REASONS = (
    phrase("its name is not known"),
    phrase("nobody answers at its address"),
    phrase("its certificate is not valid"),
    phrase("it ended before it was complete"),
    phrase("it ended the connection"),
    phrase("it does not speak HTTP as it should"),
    phrase("its address, or one that it leads to, cannot be read"),
    phrase("its redirects go in a circle"),
    phrase("it redirects more than {number} times"),
    phrase("it leads to {address}, which is no web address"),
    phrase("it leads to {address}, which is no address of the public internet"),
    phrase("its name leads to {address}, which is no address of the public internet"),
    phrase("it is larger than {size} MB"),
)
