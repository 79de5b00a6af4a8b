"""Formulas as text: MathML, and numbers that stand above or below the line, as the characters of Unicode or with signs."""

from __future__ import annotations

import re
import unicodedata

from jisr.ingest.sanitize.node_tree import HtmlNode, text_content

_SIGNS = "0123456789+-=()n"
_RAISED = {True: str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"), False: str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")}
_SMALL = re.compile(r"[0-9+\-=()n]{1,12}")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,/\u066b\u066c]\d+)+|[+-]?\d*[¼½¾⅓⅔⅛]|\d+\w{1,3}|\w{1,3}\d+")
_ATOM = re.compile(r"(?:(?![⁰-ⁿ₀-ₙ²³¹])[\w.,\u066b\u066c])*|\([^()]*\)")
_SCRIPTS = {"msup": "^", "mover": "^", "msub": "_", "munder": "_", "msubsup": "_^", "munderover": "_^"}
_SKIPPED = frozenset(("annotation", "annotation-xml", "mphantom", "mprescripts", "none"))


def shift_number(text: str, is_raised: bool) -> str:
    """Return a number above or below the line as characters that stand there, "" for a text that is none.

    >>> shift_number(" ٢ ", True), shift_number("−12", True), shift_number("10,5", False), shift_number("er", True)
    ('²', '⁻¹²', '_(10,5)', '')
    """
    plain = "".join(_western(one) for one in text.strip())
    if _SMALL.fullmatch(plain):
        return plain.translate(_RAISED[is_raised])
    return f"{'^' if is_raised else '_'}({text.strip()})" if _NUMBER.fullmatch(plain) else ""


def _western(character: str) -> str:
    """Return a digit or a minus of any script as that of ASCII."""
    if character in "\u2212\u2013":
        return "-"
    return str(unicodedata.decimal(character, character))


def formula_text(node: HtmlNode) -> str:
    """Return a formula in MathML as text on one line; where it has no parts, its alternative text.

    >>> from jisr.ingest.sanitize.node_tree import parse_html
    >>> formula_text(parse_html("<math><mn>2</mn><mfrac><mn>3</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>"))
    '2 3/(x+1)'
    >>> formula_text(parse_html("<math><msqrt><msup><mn>10</mn><mn>6</mn></msup></msqrt></math>"))
    '√(10⁶)'
    """
    return " ".join(_text(node).split()) or node.attributes.get("alttext", "").strip()[:500]


def _text(node: HtmlNode | str) -> str:
    if isinstance(node, str):
        return node
    parts = [_text(one) for one in node.children if isinstance(one, HtmlNode) and one.name not in _SKIPPED]
    if node.name == "mfrac" and len(parts) == 2:
        return f"{_group(parts[0])}/{_group(parts[1])}"
    if node.name in _SCRIPTS and len(parts) == len(_SCRIPTS[node.name]) + 1:
        return _group(parts[0]) + "".join(map(_script, _SCRIPTS[node.name], parts[1:]))
    if node.name == "msqrt":
        return f"√{_group(''.join(parts))}"
    if node.name == "mroot" and len(parts) == 2:
        return f"{_script('^', parts[1])}√{_group(parts[0])}"
    if node.name == "mfenced":
        return f"{node.attributes.get('open', '(')}{', '.join(parts)}{node.attributes.get('close', ')')}"
    if node.name in ("mtr", "mspace", "mtd"):
        return f"{''.join(parts)} "
    return _join(parts) if parts else text_content(node).strip() or node.attributes.get("alttext", "")


def _join(parts: list[str]) -> str:
    """Return parts as one text: a number before a fraction or a root stays another number."""
    text = ""
    for part in parts:
        is_apart = text[-1:].isdecimal() and part[:1].isdecimal()
        text += f" {part}" if is_apart else part
    return text


def _script(sign: str, text: str) -> str:
    return shift_number(text, sign == "^") or f"{sign}{_group(text)}"


def _group(text: str) -> str:
    """Return a part of a formula, in parentheses where it is more than a number or a name."""
    return text if _ATOM.fullmatch(text.strip()) else f"({text.strip()})"
