"""What a site says of itself when it is published: headers for its host, the list of all it consists of, signatures."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.urls.paths import ADMIN
from jisr.publishing.integrity import checksums, minisign
from jisr.publishing.server_config import accept_language, headers, redirect_rules

KEY_FILE = "minisign.pub"


def seal(
    folder: Path, address: str, public: str, key: minisign.SigningKey | None, welcomed: tuple[str, ...] = ()
) -> checksums.Checksums:
    """Write ``_headers`` and ``SHA256SUMS`` into a built folder, with a key also the signatures; give the sums.

    Hosts that read ``_redirects`` lead readers to the languages ``welcomed``, and on from old and short addresses.
    """
    _write_file(folder / "_headers", headers.render_headers_file(editor=(folder / ADMIN).is_dir()))
    led = (accept_language.render_language_redirects(welcomed) if welcomed else "") + redirect_rules.render_redirects_file(
        redirect_rules.find_redirects(folder, address)
    )
    if led:
        _write_file(folder / "_redirects", led)
    if public:
        _write_file(folder / KEY_FILE, minisign.format_public_key(public))
    found = checksums.compute_checksums(folder)
    listed = checksums.format_checksums(found)
    _write_file(folder / checksums.SUMS_NAME, listed)
    if key is not None:
        for signature, signed in checksums.SIGNATURES.items():
            if (folder / signed).is_file():
                data = (folder / signed).read_bytes()
                _write_file(folder / signature, minisign.sign(data, key, f"{Path(signed).name} of {address}"))
    return found


def read_signing_key(environment: Mapping[str, str], public: str, place: SourceLocation) -> minisign.SigningKey | None:
    """Return the key that the environment holds, or None where it holds none.

    Raises ProblemsError where it is no key, or not the one whose public half the settings state.
    """
    line = environment.get(minisign.KEY_VARIABLE, "")
    if not line:
        return None
    if importlib.util.find_spec("cryptography") is None:
        text = "Signing needs cryptography, of the extra named sign: pip install -e '.[sign]'"
        raise ProblemsError(Problem.error(place, "sign", text))
    try:
        key = minisign.parse_secret_key(line)
    except ValueError:
        text = "{name} holds no secret key. Put the whole line there that `inv sign-key` wrote, or leave it empty."
        raise ProblemsError(Problem.error(place, "sign", text, name=minisign.KEY_VARIABLE)) from None
    if key.public != public:
        text = (
            'SIGNED_BY is "{stated}", and the key in {name} is "{public}". Write that into the settings, or use the other key.'
        )
        values = {"stated": public, "name": minisign.KEY_VARIABLE, "public": key.public}
        raise ProblemsError(Problem.error(place, "sign", text, **values))
    return key


def _write_file(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)  # a name that an older folder may share is never written through
    file.write_bytes(text.encode())
