import pytest

from jisr.core.model.body import Body
from tests.markdown.case_files import FOLDER, Case, read_cases, render

CASES = [
    pytest.param(case, id=f"{path.stem}: {case}") for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path.name)
]


def _parts(body: Body) -> dict[str, str]:
    written = {
        "html": body.html,
        "references": "\n".join(
            f"{one.place.line}:{one.place.column} {'shows' if one.embedded else 'links'} {one.target}"
            for one in body.references
        ),
        "resolutions": "\n".join(f"{one.number} {one.anchor}" for one in body.resolutions),
        "problems": "\n".join(map(str, body.problems)),
    }
    return {name: text for name, text in written.items() if text or name == "html"}


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    """What a case file says of a Markdown is what becomes of it, to the letter."""
    assert _parts(render(case.markdown, case.language, case.kind)) == case.parts


def test_there_are_cases_in_all_languages() -> None:
    """No language is tested in another one's stead."""
    cases = [case for path in FOLDER.glob("*.txt") for case in read_cases(path.name)]

    assert len(cases) >= 60
    assert {case.language for case in cases} == {"en", "ar", "ckb", "kmr", "fr"}
