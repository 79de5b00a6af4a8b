"""The generator of social cards, which draws those that changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from jisr.content.settings.settings import setting_place
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.schema.validation_context import suggest_word
from jisr.outputs.social_cards import card as cards
from jisr.outputs.social_cards.card import Card, CardSelector
from jisr.outputs.social_cards.card_cache import CardCache
from jisr.outputs.social_cards.card_look import read_card_look
from jisr.outputs.social_cards.card_renderer import CardRenderer

_FROM_EXTRA = phrase(
    "Cards cannot be drawn here: {name} is missing. Install it (pip install -e '.[images]'), or take CARDS out of the settings."
)
_FROM_SYSTEM = phrase(
    "Cards cannot be drawn here: {name} is missing. Install it (apt-get install libfribidi0), or take CARDS out of the "
    "settings."
)
REQUIREMENT_MESSAGES = {"FriBiDi": _FROM_SYSTEM} | dict.fromkeys(("Pillow", "deflate", "resvg-py"), _FROM_EXTRA)


class CardsGenerator(Output):
    """Keeps drawn cards in ``.cache/cards/`` beside the settings, by all that they show: no card is drawn twice."""

    splits_work = True

    def __init__(self) -> None:
        self.selector: CardSelector | None = None

    def offer_hooks(self, context: BuildContext) -> None:
        """Let pages name their cards, where the settings want any. No card shows a body."""
        kinds = context.settings.get("CARDS")
        if kinds:
            theme = context.settings["THEME"]
            renderer = CardRenderer(theme, read_card_look(context, Path(theme)))
            if context.hooks.can_draw_cards is None:
                context.hooks.can_draw_cards = not renderer.missing_requirement()
            self.selector = CardSelector(kinds, renderer, context.hooks.can_draw_cards)
            context.hooks.illustrate = self.selector

    def read(self, context: BuildContext) -> None:
        """Add the problems of the setting, and what a machine that publishes lacks: that of an editor may do without cards."""
        if self.selector is None or not context.has_site:
            return
        problems, run = context.problems, context.run
        place = setting_place("CARDS", run.settings_path)
        problems.add(*_kind_problems(context.settings["CARDS"], [kind.name for kind in context.site.kinds], place))
        if missing := self.selector.renderer.missing_requirement():
            text = 'Cards cannot be drawn here: the theme lacks "{path}". Put it there, or take CARDS out of the settings.'
            message = REQUIREMENT_MESSAGES.get(missing)
            if message is None:
                make = Problem.error if run.strict else Problem.warning
                problems.add(make(place, "card", text, path=missing))
            elif run.strict and not run.check_only:
                problems.add(Problem.error(place, "card", message.text, name=missing))

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the card of the network in each language, and that of each text that has one."""
        if self.selector is None or not self.selector.is_available:
            return
        run = context.run
        folder = Path(run.settings_path).resolve().parent / ".cache" / "cards"
        cache = CardCache(folder, run.clock or run.now, self.selector.renderer.form)
        inputs = _CardInputs(self.selector, context, cache)
        site = context.site
        for language in writer.claim(site.languages.members):
            if self.selector.can_draw(cards.build_network_card(language, site, self.selector.can_draw).title.text):
                writer.write(cards.network_card_address(language), partial(_draw_network_card, language, inputs))
        documents = [one for texts in site.sets.values() for one in texts.versions if self.selector.has_card(one)]
        for document in writer.claim(documents):
            key = (*document.key, document.language.tag)
            writer.write(cards.card_address(document), partial(_draw_text_card, *key, inputs))


@dataclass(frozen=True, slots=True)
class _CardInputs:
    """The inputs of cards: which are drawn and how, the build, and those that were drawn before."""

    selector: CardSelector
    context: BuildContext
    cache: CardCache


def _draw_network_card(language: Language, inputs: _CardInputs) -> bytes:
    return _draw_card(cards.build_network_card(language, inputs.context.site, inputs.selector.can_draw), inputs)


def _draw_text_card(kind: str, identity: str, tag: str, inputs: _CardInputs) -> bytes:
    site = inputs.context.site
    document = site.version(kind, identity, tag)
    return _draw_card(cards.build_text_card(document, site, inputs.context.messages, inputs.selector.can_draw), inputs)


def _draw_card(card: Card, inputs: _CardInputs) -> bytes:
    """Return a card from the cache, else drawn."""
    renderer = inputs.selector.renderer
    fingerprint = renderer.fingerprint(card)
    data = inputs.cache.get(fingerprint)
    if data is None:
        data = renderer.draw(card)
        inputs.cache.put(fingerprint, data)
    return data


def _kind_problems(setting: object, kinds: list[str], place: SourceLocation) -> Iterator[Problem]:
    if isinstance(setting, str) or not isinstance(setting, tuple | list):
        text = '"{value}" is not a list of kinds. Write CARDS = ("statements",), or () for none.'
        yield Problem.error(place, "setting", text, value=setting)
        return
    for name in setting:
        if name not in kinds:
            text = '"{value}" is not a kind of text that can have cards. {hint}There are: {kinds}.'
            yield Problem.error(place, "setting", text, value=name, hint=suggest_word(str(name), kinds), kinds=", ".join(kinds))
