"""Templates as they were compiled, kept where Python keeps its modules.

They lie in the ``__pycache__`` of the theme (https://peps.python.org/pep-3147/), or below ``PYTHONPYCACHEPREFIX``, and not in
``.cache/``: byte code is run, and what is in that folder may come from elsewhere and must not be.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import cache
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from jisr import core
from jisr.build.templates import component_cache
from jisr.content import atomic_write

_DIGEST_SIZE = 32  # bytes of the digest that a file begins with


class Bytecode(BytecodeCache):
    """Keeps what templates were compiled to. Losing it costs time only, and a folder that cannot be written keeps nothing."""

    def __init__(self, templates: Path, options: str = "") -> None:
        """Take a folder of templates; byte code lies beside it, where no template is looked for.

        ``options`` stands for how templates are compiled where a site says so.
        """
        self.options = options
        self.folder = Path(cache_from_source(str(templates))).parent

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the place of a template, with its code where that is known. The code names its file, for what is said of it."""
        found = hashlib.blake2b(
            f"{self.options}\0{filename}\0{source}".encode("utf-8", "surrogatepass"),
            digest_size=_DIGEST_SIZE,
            key=_compiler_fingerprint(),
        )
        bucket = Bucket(environment, f"{name.replace('/', '.')}.{sys.implementation.cache_tag}", found.hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template, where it was compiled from what it is now."""
        try:
            kept = self._file(bucket).read_bytes()
            if kept[:_DIGEST_SIZE].hex() == bucket.checksum:
                bucket.code = marshal.loads(kept[_DIGEST_SIZE:])  # noqa: S302 (as trusted as the modules beside it)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, unless Python was asked to write none."""
        if not sys.dont_write_bytecode:
            kept = bytes.fromhex(bucket.checksum) + marshal.dumps(bucket.code)
            atomic_write.write_atomically(self._file(bucket), lambda file: file.write_bytes(kept))

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


@cache
def _compiler_fingerprint() -> bytes:
    """Return what stands for all that compiles: Python, Jinja, our own way of writing Python, and the filters it may ask."""
    found = hashlib.blake2b(MAGIC_NUMBER + version("jinja2").encode())
    for folder in (Path(component_cache.__file__).parent, *map(Path, core.__path__)):
        for file in sorted(folder.glob("*.py")):
            found.update(file.read_bytes())
    return found.digest()
