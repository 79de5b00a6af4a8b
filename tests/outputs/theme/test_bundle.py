"""One stylesheet, and a hash of its bytes in the name of every file."""

from pathlib import Path

import pytest

from jisr.outputs.theme.assets.bundle import bundle, hashed_address


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A small theme: a stylesheet that imports another, which names a font."""
    css = tmp_path / "static" / "css"
    (css / "components").mkdir(parents=True)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"font")
    (tmp_path / "static" / "icon.svg").write_text("<svg/>")
    (css / "index.css").write_text('@layer base, components;\n@import url("components/byline.css") layer(components);\n')
    (css / "components" / "byline.css").write_text(
        '@font-face { font-family: V; src: url("../../../fonts/a.woff2") }\n.byline { margin-inline-start: 1rem }\n'
    )
    return tmp_path


def test_imports_are_inlined_in_their_layer(theme: Path) -> None:
    """Readers get one stylesheet, with layers in order."""
    assets = bundle(theme)
    css = assets.files[assets.stylesheet].decode()

    assert "@import" not in css
    assert "@layer components{" in css


def test_logical_properties_stay_logical(theme: Path) -> None:
    """Nothing is turned into left and right."""
    assets = bundle(theme)
    css = assets.files[assets.stylesheet].decode()

    assert "margin-inline-start" in css
    assert "left" not in css


def test_a_named_font_is_published_beside_the_stylesheet(theme: Path) -> None:
    """The stylesheet names the font by its hashed name, relative to itself."""
    assets = bundle(theme)
    font = hashed_address("a.woff2", b"font")
    css = assets.files[assets.stylesheet].decode()

    assert font in assets.files
    assert f"url({font.removeprefix('theme/')})" in css.replace('"', "")


def test_a_name_follows_from_the_bytes() -> None:
    """Other bytes have another name; the same bytes always the same."""
    assert hashed_address("style.css", b"a") == hashed_address("style.css", b"a")
    assert hashed_address("style.css", b"a") != hashed_address("style.css", b"b")


def test_a_page_may_have_a_stylesheet_of_its_own(theme: Path) -> None:
    """What one page alone needs is a file of its own, which burdens no other page."""
    (theme / "static" / "css" / "pages").mkdir()
    (theme / "static" / "css" / "pages" / "styleguide.css").write_text(".swatch { block-size: 1rem }\n")
    assets = bundle(theme)
    files = {address: data.decode() for address, data in assets.files.items() if address.endswith(".css")}

    assert list(assets.sheets) == ["styleguide"]
    assert ".swatch" in files[assets.sheets["styleguide"]]
    assert ".swatch" not in files[assets.stylesheet]
