"""Every check on its own examples; the registry; the page made of the examples."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from build import mirrored, of_example

from compare.annotate import Context
from compare.checks import BUILT_IN, ENTRY_POINT_GROUP, default_registry, selected
from compare.checks.base import Check, Draft, Example
from compare.checks.page import markdown
from compare.config import Config
from compare.errors import SetupError, UsageError
from compare.pipeline import compare_sentences

CHECKS = default_registry()
ROOT = Path(__file__).parents[1]


def drafts(check: Check, example: Example) -> list[Draft]:
    """What the check reports, as far as it is shown by default."""
    found = check.find(of_example(example))
    return [draft for draft in found if draft.confidence >= Config().min_confidence]


def cases(kind: str) -> list[object]:
    return [
        pytest.param(
            check,
            example,
            id=f"{check.id}-{number}",
            marks=[pytest.mark.meaning] if check.learned else [],
        )
        for check in CHECKS.values()
        for number, example in enumerate(getattr(check, kind), start=1)
    ]


@pytest.mark.parametrize(("check", "example"), cases("flags"))
def test_it_flags_what_it_must(check: Check, example: Example) -> None:
    found = drafts(check, example)
    assert found, example
    texts = {side: getattr(of_example(example), side).text for side in "ab"}
    for draft in found:
        assert draft.a or draft.b
        for span, text in ((draft.a, texts["a"]), (draft.b, texts["b"])):
            assert span is None or 0 <= span.start < span.end <= len(text)
        for place in draft.places:
            assert 0 <= place.start < place.end <= len(texts[place.side])
        assert draft.message[0].isupper() or not draft.message[0].isalpha()
        assert draft.message.endswith((".", "?", "!", "”"))
        assert 0 < draft.confidence <= 1


@pytest.mark.parametrize(("check", "example"), cases("passes"))
def test_it_passes_what_it_must(check: Check, example: Example) -> None:
    assert [d.message for d in drafts(check, example)] == []


MIRRORED = {"omission": "addition", "addition": "omission"}


def places(draft: Draft, swapped: bool) -> tuple[object, ...]:
    """What a draft says, from the other side if need be."""
    turn = {"a": "b", "b": "a"} if swapped else {}
    spans = (draft.b, draft.a) if swapped else (draft.a, draft.b)
    more = frozenset((turn.get(p.side, p.side), p.start, p.end) for p in draft.places)
    side = turn.get(draft.likely_side, draft.likely_side)
    return (*spans, draft.severity, round(draft.confidence, 6), draft.ledger, side, more)


@pytest.mark.parametrize(("check", "example"), cases("flags") + cases("passes"))
def test_swapping_the_texts_mirrors_what_it_finds(check: Check, example: Example) -> None:
    other = CHECKS[MIRRORED.get(check.id, check.id)]
    found = {places(d, swapped=False) for d in check.find(of_example(example))}
    assert found == {places(d, swapped=True) for d in other.find(of_example(mirrored(example)))}


@pytest.mark.parametrize("check", list(CHECKS.values()), ids=CHECKS)
def test_it_says_what_it_is(check: Check) -> None:
    assert check.flags, "an example that it flags"
    assert check.passes, "an example that it passes"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.id)
    assert 0 < len(check.summary) <= 100
    assert "\n" not in check.summary
    assert check.summary.endswith(".")
    assert re.fullmatch(
        r"(accuracy|fluency|terminology|linguistic-conventions|style|locale-conventions"
        r"|audience-appropriateness)(/[a-z-]+)*",
        check.category,
    )


@pytest.mark.parametrize("check", list(CHECKS.values()), ids=CHECKS)
def test_it_is_silent_on_equal_texts(check: Check) -> None:
    said = (
        "“We lost 12 boats,” President Mina Kerr said on Monday, 3 May 2021, in Oslo.",
        "She did not say whether the £3 million fund, set up by 14 towns, would pay for them.",
    )
    assert drafts(check, Example(said, said)) == []


def test_the_registry_holds_the_built_in_checks_in_their_order() -> None:
    assert tuple(CHECKS)[: len(BUILT_IN)] == BUILT_IN


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """The entry points that other packages seem to have installed."""
    points: list[EntryPoint] = []

    def entry_points(*, group: str) -> list[EntryPoint]:
        assert group == ENTRY_POINT_GROUP
        return points

    monkeypatch.setattr("compare.plugins.entry_points", entry_points)
    return points


def find_exclamations(context: Context) -> Iterator[Draft]:
    for sentence in context.b.document:
        if sentence.text.endswith("!"):
            yield Draft(None, sentence.span, "B shouts.", "minor", 0.9, "b", "wording")


SHOUTING = Check("shouting", "B shouts.", "style", find_exclamations, (), ())
TITLE = dataclasses.replace(SHOUTING, id="title")


def test_a_check_of_somebody_elses_joins_and_runs(foreign: list[EntryPoint]) -> None:
    foreign.append(EntryPoint("shout", f"{__name__}:SHOUTING", ENTRY_POINT_GROUP))
    assert list(default_registry()) == [*BUILT_IN, "shouting"]
    result = compare_sentences(["He won."], ["He won!"], Config(select=("shouting",)))
    (finding,) = result.findings
    assert (finding.check, finding.category, finding.b_span) == ("shouting", "style", "He won!")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no_such_package:CHECK", "the check 'own' (no_such_package:CHECK) does not load: No mod"),
        (f"{__name__}:MISSING", "does not load"),
        (f"{__name__}:ROOT", "is not a Check"),
        (f"{__name__}:TITLE", "two checks have the id 'title'"),
    ],
)
def test_a_bad_check_of_somebody_elses_is_named(
    foreign: list[EntryPoint], value: str, said: str
) -> None:
    foreign.append(EntryPoint("own", value, ENTRY_POINT_GROUP))
    with pytest.raises(SetupError, match=re.escape(said)):
        default_registry()


def test_checks_are_selected_in_the_registrys_order() -> None:
    chosen = selected(CHECKS, Config(select=("date", "title"), ignore=("date",)))
    assert [check.id for check in chosen] == ["title"]
    both = selected(CHECKS, Config(select=("date", "title")))
    assert [check.id for check in both] == ["title", "date"]
    rules = [check.id for check in CHECKS.values() if not check.learned]
    assert [check.id for check in selected(CHECKS, Config())] == rules
    assert [check.id for check in selected(CHECKS, Config(meaning=True))] == list(CHECKS)
    (learned,) = selected(CHECKS, Config(select=("contradiction",)))
    assert learned.learned
    with pytest.raises(UsageError, match=r"'dates': did you mean 'date'\?.*checks list"):
        selected(CHECKS, Config(ignore=("dates",)))


def test_the_page_of_the_checks_is_up_to_date() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert page == markdown(CHECKS[name] for name in BUILT_IN), (
        "python -m compare.checks.page > docs/checks.md"
    )


def test_the_check_of_the_contributors_guide_works() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", guide, re.M | re.S)
    names: dict[str, Check] = {}
    exec(compile(code, "CONTRIBUTING.md", "exec"), names)
    check = names["CHECK"]
    assert all(drafts(check, example) for example in check.flags)
    assert not any(drafts(check, example) for example in check.passes)
