"""Values that were pickled, read again: nothing in them is run, whoever wrote them."""

from __future__ import annotations

import pickle
from typing import IO, Any


class SafeUnpickler(pickle.Unpickler):
    """Reads values of our own classes, and nothing that could do more than hold values.

    See the warning of https://docs.python.org/3/library/pickle.html#restricting-globals.
    """

    def __init__(self, stream: IO[bytes], trusted: tuple[str, ...]) -> None:
        """Take values of the classes of these modules and packages; each name ends in a dot, so that no longer one is meant."""
        super().__init__(stream)
        self.trusted = trusted

    def find_class(self, module: str, name: str) -> Any:
        """Return a class. Raises pickle.UnpicklingError for anything else."""
        # A name with dots, or one that a module imports, would lead out of it: to os.system.
        if f"{module}.".startswith(self.trusted) and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
