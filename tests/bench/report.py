"""What was measured, in words and as pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tests.bench.compare import HUGO_NAMES, JISR, GrowthResults, growth_exponent
from tests.bench.measure import Cost

Measurements = Iterable[tuple[str, Mapping[str, Cost]]]
NOTES = (
    f'"{HUGO_NAMES["same"]}" writes pages, lists, feeds and data like Jisr\'s; '
    f'"{HUGO_NAMES["thin"]}" pages of half the bytes, and one feed a list.'
)
_NAMES = (JISR, *HUGO_NAMES.values())
_ROW_HEIGHT, _MAX_BAR_WIDTH, _LEFT_MARGIN = 26, 300, 210
_PLOT_WIDTH, _PLOT_HEIGHT, _TOP_MARGIN, _SIDE_MARGIN = 330, 190, 40, 52
_STYLE = (
    "<style>text{fill:#24292e}line,path{stroke:#57606a;fill:none}.a{fill:#8a4318}.b{fill:#474b50}.c{fill:#7d838a}"
    ".a-line{stroke:#8a4318;stroke-width:2.5}.b-line{stroke:#474b50;stroke-width:2}"
    ".c-line{stroke:#7d838a;stroke-width:2;stroke-dasharray:6 4}@media(prefers-color-scheme:dark){"
    "text{fill:#e6e3dc}line{stroke:#9aa0a6}.a{fill:#e0a27a}.b{fill:#c9cdd2}.c{fill:#9aa0a6}"
    ".a-line{stroke:#e0a27a}.b-line{stroke:#c9cdd2}.c-line{stroke:#9aa0a6}}</style>"
)


def format_table(pages: int, measured: Measurements) -> list[str]:
    """Return a table: a line for each kind of work and builder; beside each of Hugo's, what share of it Jisr took."""
    head = f"{'':14}{'':18}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'Jisr: CPU':>12}{'memory':>9}"
    found = [f"{pages} pages of texts", head]
    for work, costs in measured:
        for name, one in costs.items():
            found.append(
                f"{work:14}{name:18}{one.cpu:>9.2f}{one.wall:>9.2f}{one.memory:>8.0f}{_format_shares(costs, name)}".rstrip()
            )
    return found


def _format_shares(costs: Mapping[str, Cost], name: str) -> str:
    ours, theirs = costs[JISR], costs[name]
    return "" if name == JISR else f"{ours.cpu / theirs.cpu:>12.2f}{ours.memory / theirs.memory:>9.2f}"


def format_growth_table(found: GrowthResults) -> list[str]:
    """Return first builds by size, and for each builder how CPU and memory grow with the pages."""
    told = []
    for pages, costs in found:
        told += ["", *format_table(pages, [("first build", costs)])]
    told += ["", f"{'grows with pages to the power of':32}{'CPU':>9}{'memory':>9}"]
    for name in found[0][1]:
        cpu, memory = growth_exponent(found, name, lambda one: one.cpu), growth_exponent(found, name, lambda one: one.memory)
        told.append(f"{name:32}{cpu:>9.2f}{memory:>9.2f}")
    return told[1:]


def render_chart(pages: int, measured: Measurements) -> str:
    """Return bars of CPU seconds as SVG, with the figures beside them as text."""
    bars = [(work, name, one.cpu) for work, costs in measured for name, one in costs.items()]
    longest = max((seconds for *_, seconds in bars), default=1.0)
    rows = [
        f'<text x="{_LEFT_MARGIN - 8}" y="{_ROW_HEIGHT * number + 17}" text-anchor="end">{work}, {name}</text>'
        f'<rect class="{_style_class(name)}" x="{_LEFT_MARGIN}" y="{_ROW_HEIGHT * number + 4}" '
        f'width="{max(1, _MAX_BAR_WIDTH * seconds / longest):.0f}" '
        f'height="{_ROW_HEIGHT - 8}"/>'
        f'<text x="{_LEFT_MARGIN + 8 + _MAX_BAR_WIDTH * seconds / longest:.0f}" '
        f'y="{_ROW_HEIGHT * number + 17}">{seconds:.2f} s</text>'
        for number, (work, name, seconds) in enumerate(bars, 1)
    ]
    return _render_svg(
        _LEFT_MARGIN + _MAX_BAR_WIDTH + 80, _ROW_HEIGHT * (len(bars) + 2), f"CPU seconds, {pages:,} pages of texts", rows
    )


def render_growth_chart(found: GrowthResults) -> str:
    """Return the CPU seconds of first builds by pages as SVG: a line for each builder, its name and last figure at its end."""
    most = found[-1][0]
    top = max(one.cpu for _, costs in found for one in costs.values())

    def x(pages: int) -> str:
        return f"{_SIDE_MARGIN + _PLOT_WIDTH * pages / most:.1f}"

    def y(seconds: float) -> float:
        return round(_TOP_MARGIN + _PLOT_HEIGHT * (1 - seconds / top), 1)

    ground = _TOP_MARGIN + _PLOT_HEIGHT
    parts = [f'<path d="M{_SIDE_MARGIN} {_TOP_MARGIN}V{ground}H{_SIDE_MARGIN + _PLOT_WIDTH}"/>']
    parts += [f'<text x="{_SIDE_MARGIN - 6}" y="{y(one) + 4}" text-anchor="end">{one:g} s</text>' for one in _axis_ticks(top)]
    for pages, _ in found:
        parts.append(f'<line x1="{x(pages)}" x2="{x(pages)}" y1="{ground}" y2="{ground + 5}"/>')
    for pages in _spaced_labels([pages for pages, _ in found], most):
        parts.append(f'<text x="{x(pages)}" y="{ground + 20}" text-anchor="middle">{pages:,}</text>')
    for name in found[0][1]:
        way = " ".join(f"{x(pages)},{y(costs[name].cpu)}" for pages, costs in found)
        parts.append(f'<path class="{_style_class(name)}-line" d="M{way}"/>')
    last = sorted((costs.cpu, name) for name, costs in found[-1][1].items())
    below = ground + 20.0
    for seconds, name in last:
        below = min(y(seconds) + 4, below - 16)
        parts.append(f'<text x="{_SIDE_MARGIN + _PLOT_WIDTH + 8}" y="{below}">{name}: {seconds:.1f} s</text>')
    title = "CPU seconds of a first build, by pages of texts"
    return _render_svg(_SIDE_MARGIN + _PLOT_WIDTH + 200, ground + 30, title, parts)


def _axis_ticks(top: float) -> list[float]:
    """Return up to six even numbers from 0 to at most ``top``.

    >>> _axis_ticks(4.9), _axis_ticks(507.0)
    ([0, 1, 2, 3, 4], [0, 100, 200, 300, 400, 500])
    """
    ten = 10.0 ** math.floor(math.log10(top))
    step = next(one for one in (ten / 5, ten / 2, ten, 2 * ten) if top / one < 6)
    return [int(step * one) if step >= 1 else round(step * one, 6) for one in range(int(top / step) + 1)]


def _spaced_labels(sizes: list[int], most: int) -> list[int]:
    """Return the sizes whose numbers can stand below the axis without covering each other, the greatest first."""
    shown: list[int] = []
    for size in sorted(sizes, reverse=True):
        if not shown or (shown[-1] - size) / most > 0.15:
            shown.append(size)
    return shown


def _style_class(name: str) -> str:
    return "abc"[_NAMES.index(name)] if name in _NAMES else "c"


def _render_svg(wide: int, high: float, title: str, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high:.0f}" width="{wide}" font-family="sans-serif" '
        f'font-size="13"><title>{title}</title>{_STYLE}'
        f'<text x="8" y="17" font-weight="bold">{title}</text>{"".join(parts)}</svg>\n'
    )
