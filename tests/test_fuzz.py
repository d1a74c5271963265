"""A little of what ``benchmarks/fuzz.py`` does for hours, and what it has found."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from benches import load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare import Config, compare_texts
from compare.dates import find_dates
from compare.declared import Declared
from compare.errors import CompareError
from compare.layout import find_date
from compare.organisations import cluster
from compare.quantities import find_quantities
from compare.records import SIDES
from compare.titles import default_titles

fuzz = load("fuzz")
SLOW = ("checks", "compare", "align", "html", "docx", "rules", "run")


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_any_input_gives_a_result_or_an_error_that_is_told(target: str) -> None:
    @settings(
        max_examples=5 if target in SLOW else 25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def attempt(number: int) -> None:
        with contextlib.suppress(CompareError):
            fuzz.TARGETS[target].act(fuzz.source(0, target, number))

    attempt()


def test_an_input_comes_again_from_its_case() -> None:
    make = load("fuzz_inputs")
    for kind in (make.text, make.html, make.verdicts, make.rules, make.pair):
        first, again = (kind(fuzz.source(7, "x", 11)) for _ in range(2))
        assert first == again
        assert first != kind(fuzz.source(7, "x", 12))


@pytest.fixture
def broken() -> Iterator[str]:
    """A target that fails at some of its inputs and takes too long at one."""

    def act(rng: random.Random) -> None:
        number = rng.randrange(4)
        if number == 0:
            raise KeyError("odd")
        if number == 1:
            raise CompareError("told")

    fuzz.TARGETS["broken"] = fuzz.Target(act, 10)
    yield "broken"
    del fuzz.TARGETS["broken"]


def test_a_fault_is_counted_and_an_error_that_is_told_is_none(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import signal

    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    try:
        outcome = fuzz.try_some(broken, 1, 0, 40, 10.0)
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGALRM, before[1])
    ((what, (first, count)),) = outcome.faults.items()
    assert what.startswith("KeyError in ")
    assert 0 < count < 40
    assert outcome.inputs == 40
    assert 0 < outcome.results < 40 - count
    with pytest.raises(KeyError):
        fuzz.main([broken, "--case", f"1:{first}"])
    assert fuzz.report({broken: outcome}, 10.0) == 1
    assert f"{count} x KeyError" in capsys.readouterr().out


def test_the_fuzzer_that_looks_at_coverage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coverage = load("fuzz_coverage")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert coverage.main(["tbx"]) == 2
    assert "run pip install atheris" in capsys.readouterr().err
    monkeypatch.undo()
    pytest.importorskip("atheris", reason="atheris is no part of the product")
    monkeypatch.chdir(tmp_path)
    arguments = ["rules", "tsv", "--seconds", "2", "--seeds", "5", "--corpus", "kept"]
    assert coverage.main(arguments) == 0
    for line in capsys.readouterr().out.splitlines()[1:]:
        name, runs, first, last, kept, well = line.replace(",", "").split()
        assert int(runs) > 10 < int(first) <= int(last), line
        assert well == "ok"
        assert 0 < int(kept) <= len(list(Path("kept", name).iterdir()))


# --- what it found, each as short as it gets --------------------------------------------------

PAIRS = {
    "a raised figure beside a stroke": ("He won 5/² of it.", "He won half of it."),
    "a denominator of thousands of figures": ("He won 1/" + "9" * 5000, "He won half of it."),
    "a capital that is two small letters": (
        "İİİİİİ Deputy Mayor Kim left.",
        "İİİİİİ Mayor Kim left.",
    ),
    "what follows a name alone": ("Kim Kim Jr.", "Jr."),
    "a sentence of one verb": ("He HELD. WERE", "Sept people were held."),
    "a rate in such letters": (
        "Some 6,000 people a nıght used the hall.",
        "The hall was used by 42,000 people weekly, or dAıly.",
    ),
    "letters that only patterns take for others": (
        "Preſıdent Kım of the Mıniſtry left on Aprıl 5, 2021 at half past ſix.",
        "President Kim of the Ministry left on April 5, 2021 at half past six.",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_once_was_a_crash(name: str) -> None:
    for a, b in (PAIRS[name], PAIRS[name][::-1]):
        result = compare_texts(a, b, Config(force=True))
        for side in SIDES:
            text = result.document(side).article.text
            spans = [finding.span(side) for finding in result.findings]
            assert all(0 <= s.start < s.end <= len(text) for s in spans if s)


def test_a_name_without_a_word_of_its_own_is_no_crash() -> None:
    names = Counter({"The The": 1, "World Bank": 1})
    assert sorted(map(sorted, cluster(names, Declared()))) == [["The The"], ["World Bank"]]


def test_letters_that_only_patterns_take_for_others_are_read_as_these() -> None:
    assert [(m.text, m.office) for m in default_titles().search("Mıniſter Kim")] == [
        ("Mıniſter", "minister")
    ]
    (deputy,) = default_titles().search("İİİİİİ Deputy Mayor Kim")
    assert (deputy.text, deputy.office) == ("Deputy Mayor", "deputy")
    assert str(find_date("Aprıl 5, 2021")) == "2021-04-05"
    assert len(find_dates("at half past ſix", None)) == 1
    assert [q.value for q in find_quantities("He paid 3/4 of it.")] == [
        q.value for q in find_quantities("He paid ３/４ of it.")
    ]
