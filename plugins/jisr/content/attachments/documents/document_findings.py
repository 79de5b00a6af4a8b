"""What is found in a document: what it does of its own, who made it, and what its pictures tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from jisr.content.attachments.formats.location import has_location

MAX_NAMED = 100  # of a kind: a message shows fewer


@dataclass(slots=True)
class DocumentFindings:
    """What a document does or loads of its own, the people and programs it names, its pictures that tell a place."""

    actions: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    has_macros: bool = False
    inside: list[str] = field(default_factory=list)  # files of an archive that run something when they are opened

    def add_action(self, name: str) -> None:
        """Add something that a document does, once."""
        if name not in self.actions and len(self.actions) < MAX_NAMED:
            self.actions.append(name)

    def add_fact(self, value: str, is_program: bool = False) -> None:
        """Add a name of a person or program, once; what is blank is none."""
        names, value = self.programs if is_program else self.people, " ".join(value.replace("\0", " ").split())
        if value and len(names) < MAX_NAMED and value not in names:
            names.append(value)

    def add_picture(self, name: str, data: bytes) -> None:
        """Add a picture if it tells a place."""
        if len(self.pictures) < MAX_NAMED and has_location(data):
            self.pictures.append(name)

    def add_program(self, name: str) -> None:
        """Add a file of an archive that runs something when it is opened."""
        if len(self.inside) < MAX_NAMED:
            self.inside.append(name)

    def add_document(self, name: str, found: DocumentFindings) -> None:
        """Add what is found in a document of an archive."""
        if found.actions or found.has_macros:
            self.add_program(name)
        for person in found.people:
            self.add_fact(person)
        for program in found.programs:
            self.add_fact(program, is_program=True)
        self.pictures += [f"{name}/{one}" for one in found.pictures][: MAX_NAMED - len(self.pictures)]
