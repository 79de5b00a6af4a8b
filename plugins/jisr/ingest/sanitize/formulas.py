"""Formulas as text: MathML, and numbers that stand above or below the line, as the characters of Unicode or with signs."""

from __future__ import annotations

import re
import unicodedata

from jisr.ingest.sanitize.node_tree import HtmlNode, descendant_elements, parse_html, text_content

_SIGNS = "0123456789+-=()n"
_RAISED = {True: str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"), False: str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")}
_SMALL = re.compile(r"[0-9+\-=()n]{1,12}")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,/\u066b\u066c]\d+)+|[+-]?\d*[¼½¾⅓⅔⅛]|\d+\w{1,3}|\w{1,3}\d+")
_LETTERS = re.compile("(?=.*[A-Za-zα-ω])[A-Za-zα-ωΑ-Ω0-9.,+=()*/\u2212-]{1,12}", re.DOTALL)
_BASE = re.compile(r"(?:[^\W_]+|[)\]|′])$")
_SHORT_ENDS = frozenset(  # of ordinal numbers and short forms, which some languages raise
    "st nd rd th er ère ere re e è ème eme es ers res nde ndes d o os a as r rs me mes mme mmes lle lles gr gre t te ts"
    " ble bles tm sm".split()
)
_WORD = re.compile(r"\d|[^\W\d_]{2}")
_ATOM = re.compile(r"(?:(?![⁰-ⁿ₀-ₙ²³¹])[\w.,\u066b\u066c])*|\([^()]*\)")
_SCRIPTS = {"msup": "^", "mover": "^", "msub": "_", "munder": "_", "msubsup": "_^", "munderover": "_^"}
_RENDERED = re.compile(r"(?:^|\s)(?:katex(?:-display)?|MathJax(?!_Preview)\w*|mwe-math-element)(?:\s|$)")
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


def shift_letters(text: str, is_raised: bool, before: str) -> str:
    """Return letters above or below the line with a sign where they belong to a formula, "" for the end of a short form.

    >>> shift_letters("x", True, "2"), shift_letters("max", False, "H"), shift_letters("n+k", True, "x")
    ('^x', '_max', '^(n+k)')
    >>> [shift_letters(end, True, before) for end, before in (("e", "XX"), ("er", "1"), ("me", "M"), ("o", "n"))]
    ['', '', '', '']
    """
    text, base = text.strip(), _BASE.search(before)
    if base is None or not _LETTERS.fullmatch(text):
        return ""
    is_end = text.lower() in _SHORT_ENDS and (not base[0].islower() or (base[0], text[0]) == ("n", "o"))
    is_variable = len(base[0]) == 1 or base[0].isdecimal()
    return "" if is_raised and (is_end or not is_variable) else f"{'^' if is_raised else '_'}{_group(text)}"


def _western(character: str) -> str:
    """Return a digit or a minus of any script as that of ASCII."""
    if character in "\u2212\u2013":
        return "-"
    return str(unicodedata.decimal(character, character))


def is_formula(node: HtmlNode) -> bool:
    """Whether an element is a formula in MathML, alone or beside the same for the eye, as KaTeX and MathJax have it."""
    if node.name == "math":
        return any(isinstance(one, HtmlNode) for one in node.children) or "alttext" in node.attributes
    is_shown = node.name == "mjx-container" or _RENDERED.search(node.attributes.get("class", "")) is not None
    return is_shown and _mathml(node) is not None


def _mathml(node: HtmlNode) -> HtmlNode | None:
    """Return the MathML in an element or in its attribute."""
    below = (one for root in (node, parse_html(node.attributes.get("data-mathml", ""))) for one in descendant_elements(root))
    return next((one for one in below if one.name == "math" and is_formula(one)), None)


def without_sources(children: list[HtmlNode | str]) -> list[HtmlNode | str]:
    """Return nodes without the TeX of formulas that stand shown before it, and without what is shown until then."""
    kept: list[HtmlNode | str] = []
    for child in children:
        is_source = isinstance(child, HtmlNode) and child.attributes.get("type", "").startswith("math/tex")
        before = next((one for one in reversed(kept) if text_content(one).strip()), None)
        if is_source and isinstance(before, HtmlNode) and _RENDERED.search(before.attributes.get("class", "")):
            kept = [one for one in kept if isinstance(one, str) or "MathJax_Preview" not in one.attributes.get("class", "")]
        else:
            kept.append(child)
    return kept


def drawing_text(node: HtmlNode) -> str:
    """Return the title of a drawing and the words in it.

    >>> drawing_text(parse_html("<svg><title>T</title><g><text x=1>ئاو</text><text>12 %</text></g></svg>"))
    'T ئاو 12 %'
    """
    texts = [(one.name, " ".join(text_content(one).split())) for one in descendant_elements(node)]
    words = [text for name, text in texts if name == "title" or (name in ("text", "foreignobject") and _WORD.search(text))]
    return " ".join(dict.fromkeys(filter(None, words)))


def formula_text(node: HtmlNode) -> str:
    """Return a formula in MathML as text on one line; where it has no parts, its alternative text.

    >>> from jisr.ingest.sanitize.node_tree import parse_html
    >>> formula_text(parse_html("<math><mn>2</mn><mfrac><mn>3</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>"))
    '2 3/(x+1)'
    >>> formula_text(parse_html("<math><msqrt><msup><mn>10</mn><mn>6</mn></msup></msqrt></math>"))
    '√(10⁶)'
    """
    node = (_mathml(node) if node.name != "math" else None) or node
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
