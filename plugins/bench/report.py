"""What was measured, in words and as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plugins.bench.measuring import Cost

Measured = Iterable[tuple[str, Mapping[str, Cost]]]
_ROW, _BAR, _LEFT = 26, 360, 170


def lines(pages: int, measured: Measured) -> list[str]:
    """Give a table: a line for each kind of work and builder, with ratios against Hugo where it ran."""
    found = [f"{pages} pages of texts", f"{'':14}{'':8}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'CPU, Hugo = 1':>16}{'memory':>9}"]
    for work, costs in measured:
        hugo = costs.get("Hugo")
        for name, one in costs.items():
            ratios = f"{one.cpu / hugo.cpu:>16.2f}{one.memory / hugo.memory:>9.2f}" if hugo else ""
            found.append(f"{work:14}{name:8}{one.cpu:>9.2f}{one.wall:>9.2f}{one.memory:>8.0f}{ratios}")
    return found


def chart(pages: int, measured: Measured) -> str:
    """Give bars of CPU seconds as SVG, with the figures beside them as text."""
    bars = [(work, name, one.cpu) for work, costs in measured for name, one in costs.items()]
    longest = max((seconds for *_, seconds in bars), default=1.0)
    height = _ROW * (len(bars) + 2)
    rows = [
        f'<text x="{_LEFT - 8}" y="{_ROW * number + 17}" text-anchor="end">{work}, {name}</text>'
        f'<rect x="{_LEFT}" y="{_ROW * number + 4}" width="{max(1, _BAR * seconds / longest):.0f}" height="{_ROW - 8}" '
        f'fill="{"#8a4318" if name == "Jisr" else "#474b50"}"/>'
        f'<text x="{_LEFT + 8 + _BAR * seconds / longest:.0f}" y="{_ROW * number + 17}">{seconds:.2f} s</text>'
        for number, (work, name, seconds) in enumerate(bars, 1)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _BAR + 80} {height}" font-family="sans-serif" '
        f'font-size="13"><title>CPU seconds, {pages} pages</title>'
        f'<text x="8" y="17" font-weight="bold">CPU seconds, {pages} pages of texts</text>'
        f"{''.join(rows)}</svg>\n"
    )
