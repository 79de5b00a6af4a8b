"""What a site says of itself when it is published: headers for its host, the list of all it consists of, signatures."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from jisr.core.diagnostics.problems import Place, Problem, ProblemsError
from jisr.core.urls.paths import ADMIN
from jisr.publishing.integrity import checksums, minisign
from jisr.publishing.server_config import accept_language, headers, redirect_rules

KEY_FILE = "minisign.pub"


def seal(folder: Path, address: str, public: str, key: minisign.Key | None, welcomed: tuple[str, ...] = ()) -> checksums.Sums:
    """Write ``_headers`` and ``SHA256SUMS`` into a built folder, with a key also the signatures; give the sums.

    Hosts that read ``_redirects`` lead readers to the languages ``welcomed``, and on from old and short addresses.
    """
    _write(folder / "_headers", headers.static_host(editor=(folder / ADMIN).is_dir()))
    led = (accept_language.netlify(welcomed) if welcomed else "") + redirect_rules.redirects(
        redirect_rules.ways(folder, address)
    )
    if led:
        _write(folder / "_redirects", led)
    if public:
        _write(folder / KEY_FILE, minisign.public_file(public))
    found = checksums.sums_of(folder)
    listed = checksums.written(found)
    _write(folder / checksums.NAME, listed)
    if key is not None:
        for signature, signed in checksums.SIGNATURES.items():
            if (folder / signed).is_file():
                data = (folder / signed).read_bytes()
                _write(folder / signature, minisign.sign(data, key, f"{Path(signed).name} of {address}"))
    return found


def signing_key(environment: Mapping[str, str], public: str, place: Place) -> minisign.Key | None:
    """Give the key that the environment holds, or None where it holds none.

    Raises ProblemsError where it is no key, or not the one whose public half the settings state.
    """
    line = environment.get(minisign.VARIABLE, "")
    if not line:
        return None
    if importlib.util.find_spec("cryptography") is None:
        text = "Signing needs cryptography, of the extra named sign: pip install -e '.[sign]'"
        raise ProblemsError(Problem.error(place, "sign", text))
    try:
        key = minisign.read_secret(line)
    except ValueError:
        text = "{name} holds no secret key. Put the whole line there that `inv sign-key` wrote, or leave it empty."
        raise ProblemsError(Problem.error(place, "sign", text, name=minisign.VARIABLE)) from None
    if key.public != public:
        text = (
            'SIGNED_BY is "{stated}", and the key in {name} is "{public}". Write that into the settings, or use the other key.'
        )
        values = {"stated": public, "name": minisign.VARIABLE, "public": key.public}
        raise ProblemsError(Problem.error(place, "sign", text, **values))
    return key


def _write(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)  # a name that an older folder may share is never written through
    file.write_bytes(text.encode())
