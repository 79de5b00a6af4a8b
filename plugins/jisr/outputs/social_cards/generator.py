"""Draws the cards that changed, and hands all to the writer."""

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
    """Keeps drawn cards in ``.cache/cards/``, by all that they show: one whose text has not changed is not drawn again."""

    splits_work = True  # it asks the writer which of them are its turn

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.kinds_setting = settings.get("CARDS") or ()
        deck = settings.get("ILLUSTRATE")
        self.selector: CardSelector | None = deck if isinstance(deck, CardSelector) else None
        self.cache_folder = Path(context["run"].settings_path).resolve().parent / ".cache" / "cards"

    def generate_context(self) -> None:
        """Note what is wrong with the setting, and what a machine lacks that publishes: an editor's may do without cards."""
        if self.selector is None or "site" not in self.context:
            return
        problems, run, site = self.context["problems"], self.context["run"], self.context["site"]
        place = SourceLocation(run.settings_path, _find_setting_line("CARDS", run.settings_path))
        problems.add(*_kind_problems(self.kinds_setting, [kind.name for kind in site.kinds], place))
        if lacking := self.selector.renderer.missing_requirement():
            text = 'Cards cannot be drawn here: the theme lacks "{path}". Put it there, or take CARDS out of the settings.'
            known = REQUIREMENT_MESSAGES.get(lacking)
            if known is None:
                make = Problem.error if run.strict else Problem.warning
                problems.add(make(place, "card", text, path=lacking))
            elif run.strict and not self.context.get("CHECK_ONLY"):
                problems.add(Problem.error(place, "card", known.text))

    def generate_output(self, writer: Any) -> None:
        """Hand over the card of the network in each language, and that of each text that has one."""
        if self.selector is None or not self.selector.is_drawn:
            return
        for address, card in self._cards(self.selector, writer.splitter.claim):
            writer.write(self._card_output(address, card, self.selector))

    def _cards(self, deck: CardSelector, turns: ClaimItems) -> Iterator[tuple[str, Card]]:
        site, messages = self.context["site"], self.context["messages"]
        for language in turns(site.languages.members):
            card = build_network_card(language, site, deck.can_draw)
            if deck.can_draw(card.title.text):
                yield network_card_address(language), card
        for document in turns([one for texts in site.sets.values() for one in texts.versions if deck.has_card(one)]):
            yield card_address(document), build_text_card(document, site, messages, deck.can_draw)

    def _card_output(self, address: str, card: Card, deck: CardSelector) -> FileOutput | CopyOutput:
        """Return a card as it was kept, else drawn; where nothing can be kept it is drawn each time."""
        file = self.cache_folder / f"{deck.renderer.fingerprint(card)}.png"
        if file.is_file():
            return CopyOutput(address, str(file))
        data = deck.renderer.draw(card)
        aside = file.with_suffix(f".{os.getpid()}")
        try:
            self.cache_folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(data)
            aside.replace(file)
        except OSError:
            with suppress(OSError):
                aside.unlink()
        return FileOutput(address, data)


def _kind_problems(stated: object, kinds: list[str], place: SourceLocation) -> Iterator[Problem]:
    if isinstance(stated, str) or not isinstance(stated, tuple | list):
        text = '"{value}" is not a list of kinds. Write CARDS = ("statements",), or () for none.'
        yield Problem.error(place, "setting", text, value=stated)
        return
    for name in stated:
        if name not in kinds:
            text = '"{value}" is not a kind of text that can have cards. {hint}There are: {kinds}.'
            yield Problem.error(place, "setting", text, value=name, hint=suggest_word(str(name), kinds), kinds=", ".join(kinds))


def _find_setting_line(name: str, path: str) -> int:
    """Return the line of the settings that states a name, or the first."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return 1
    return next((number for number, line in enumerate(lines, 1) if line.startswith((f"{name} ", f"{name}:"))), 1)
