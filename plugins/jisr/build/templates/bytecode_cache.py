"""The byte code of templates, in the folder where Python keeps that of modules.

That is the ``__pycache__`` of the theme (https://peps.python.org/pep-3147/), or a folder below ``PYTHONPYCACHEPREFIX``, and not
``.cache/``: byte code is run, and files in ``.cache/`` may come from elsewhere.
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
    """The byte code of compiled templates. Losing it costs time only; where the folder cannot be written there is none."""

    def __init__(self, templates: Path, options: str = "") -> None:
        """Keep the byte code of a folder of templates in its parent, where no template is looked for.

        ``options`` are those of the compiler that a site states, as a string.
        """
        self.options = options
        self.folder = Path(cache_from_source(str(templates))).parent

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the bucket of a template, with its code where that is cached. The code names its file, for error messages."""
        data = f"{self.options}\0{filename}\0{source}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(data, digest_size=_DIGEST_SIZE, key=_compiler_fingerprint())
        bucket = Bucket(environment, f"{name.replace('/', '.')}.{sys.implementation.cache_tag}", digest.hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template, where it was compiled from the present source."""
        try:
            data = self._file(bucket).read_bytes()
            if data[:_DIGEST_SIZE].hex() == bucket.checksum:
                bucket.code = marshal.loads(data[_DIGEST_SIZE:])  # noqa: S302 (as trusted as the modules beside it)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template, unless Python was started to write none."""
        if not sys.dont_write_bytecode:
            data = bytes.fromhex(bucket.checksum) + marshal.dumps(bucket.code)
            atomic_write.write_atomically(self._file(bucket), lambda file: file.write_bytes(data))

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


@cache
def _compiler_fingerprint() -> bytes:
    """Return the fingerprint of the compiler: Python, Jinja, our own code generator, and the filters that it may call."""
    digest = hashlib.blake2b(MAGIC_NUMBER + version("jinja2").encode())
    for folder in (Path(component_cache.__file__).parent, *map(Path, core.__path__)):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.digest()
