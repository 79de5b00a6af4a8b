"""Generator of the cards; it draws those that are not in the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jisr.core.build.outputs import CopyOutput, FileOutput
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.schema.validation_context import suggest_word
from jisr.outputs.social_cards.card import (
    Card,
    CardSelector,
    build_network_card,
    build_text_card,
    card_address,
    network_card_address,
)

REQUIREMENT_MESSAGES = {
    "pillow": phrase(
        "Cards cannot be drawn here: Pillow is missing. Install it (pip install -e '.[images]'), or take CARDS out of the "
        "settings."
    ),
    "raqm": phrase(
        "Cards cannot be drawn here: FriBiDi is missing. Install it (apt-get install libfribidi0), or take CARDS out of the "
        "settings."
    ),
}


ClaimItems = Callable[[Sequence[Any]], Iterator[Any]]


class CardsGenerator:
    """Writes cards, and caches them in ``.cache/cards/`` by content: a card whose text has not changed is not drawn again."""

    splits_work = True  # it claims its share of the cards from the writer

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.kinds_setting = settings.get("CARDS") or ()
        selector = settings.get("ILLUSTRATE")
        self.selector: CardSelector | None = selector if isinstance(selector, CardSelector) else None
        self.cache_folder = Path(context["run"].settings_path).resolve().parent / ".cache" / "cards"

    def generate_context(self) -> None:
        """Add the problems of the setting; missing requirements are errors only where the site is published."""
        if self.selector is None or "site" not in self.context:
            return
        problems, run, site = self.context["problems"], self.context["run"], self.context["site"]
        place = SourceLocation(run.settings_path, _find_setting_line("CARDS", run.settings_path))
        problems.add(*_kind_problems(self.kinds_setting, [kind.name for kind in site.kinds], place))
        if missing := self.selector.renderer.missing_requirement():
            text = 'Cards cannot be drawn here: the theme lacks "{path}". Put it there, or take CARDS out of the settings.'
            message = REQUIREMENT_MESSAGES.get(missing)
            if message is None:
                make = Problem.error if run.strict else Problem.warning
                problems.add(make(place, "card", text, path=missing))
            elif run.strict and not self.context.get("CHECK_ONLY"):
                problems.add(Problem.error(place, "card", message.text))

    def generate_output(self, writer: Any) -> None:
        """Write the card of the network in each language, and that of each text that has one."""
        if self.selector is None or not self.selector.is_available:
            return
        for address, card in self._cards(self.selector, writer.splitter.claim):
            writer.write(self._card_output(address, card, self.selector))

    def _cards(self, selector: CardSelector, claim: ClaimItems) -> Iterator[tuple[str, Card]]:
        site, messages = self.context["site"], self.context["messages"]
        for language in claim(site.languages.members):
            card = build_network_card(language, site, selector.can_draw)
            if selector.can_draw(card.title.text):
                yield network_card_address(language), card
        for document in claim([one for texts in site.sets.values() for one in texts.versions if selector.has_card(one)]):
            yield card_address(document), build_text_card(document, site, messages, selector.can_draw)

    def _card_output(self, address: str, card: Card, selector: CardSelector) -> FileOutput | CopyOutput:
        """Return a card from the cache, or draw it; without a writable cache it is drawn each time."""
        file = self.cache_folder / f"{selector.renderer.fingerprint(card)}.png"
        if file.is_file():
            return CopyOutput(address, str(file))
        data = selector.renderer.draw(card)
        temporary = file.with_suffix(f".{os.getpid()}")
        try:
            self.cache_folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(file)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
        return FileOutput(address, data)


def _kind_problems(setting: object, kinds: list[str], place: SourceLocation) -> Iterator[Problem]:
    if isinstance(setting, str) or not isinstance(setting, tuple | list):
        text = '"{value}" is not a list of kinds. Write CARDS = ("statements",), or () for none.'
        yield Problem.error(place, "setting", text, value=setting)
        return
    for name in setting:
        if name not in kinds:
            text = '"{value}" is not a kind of text that can have cards. {hint}There are: {kinds}.'
            yield Problem.error(place, "setting", text, value=name, hint=suggest_word(str(name), kinds), kinds=", ".join(kinds))


def _find_setting_line(name: str, path: str) -> int:
    """Return the line number of a setting in the settings file, or 1."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return 1
    return next((number for number, line in enumerate(lines, 1) if line.startswith((f"{name} ", f"{name}:"))), 1)
