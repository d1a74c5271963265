"""A third text of the same story: which of two contradicting texts it agrees with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode
from compare.pipeline import compare_texts
from compare.records import Comparison

REST = (
    "The ferry had left the port of Mersin at dawn. "
    "Rescue boats searched the bay for hours. "
    "The captain was questioned by the police."
)
MORE = (
    "At dawn the ferry had sailed from the port of Mersin. "
    "For hours rescue boats combed the bay. "
    "Police questioned the captain."
)
THIRD = (
    "The ferry sailed from Mersin at dawn. "
    "Boats searched the bay for hours to rescue survivors. "
    "The captain has been questioned by police."
)


def heard(a: str, b: str, third: str, check: str) -> Comparison:
    config = Config(select=(check,), force=True)
    return compare_texts(f"{a} {REST}", f"{b} {MORE}", config, witness=f"{third} {THIRD}")


@pytest.mark.parametrize(
    ("check", "right", "wrong", "third"),
    [
        (
            "number",
            "The fire on the ferry killed 14 passengers.",
            "The fire on the ferry killed 41 passengers.",
            "Fourteen passengers were killed in the fire on the ferry.",
        ),
        (
            "negation",
            "The owner of the ferry did not insure the cargo.",
            "The owner of the ferry insured the cargo.",
            "The ferry's owner did not insure its cargo.",
        ),
        (
            "place",
            "The ferry that burned was built in Norway.",
            "The ferry that burned was built in Portugal.",
            "The burned ferry was built in Norway.",
        ),
        (
            "date",
            "The ferry burned on Tuesday, officials said.",
            "The ferry burned on Friday, officials said.",
            "Officials said that the ferry burned on Tuesday.",
        ),
        (
            "polarity",
            "The court convicted the owner of the ferry.",
            "The court acquitted the owner of the ferry.",
            "The owner of the ferry was convicted by the court.",
        ),
    ],
)
def test_the_text_that_it_contradicts_is_the_likely_one(
    check: str, right: str, wrong: str, third: str
) -> None:
    for a, b, side in ((right, wrong, "b"), (wrong, right, "a")):
        (finding,) = (f for f in heard(a, b, third, check).findings if f.ledger == "fact")
        assert finding.likely_side == side
        right_one, wrong_one = ("A", "B") if side == "b" else ("B", "A")
        told = f"agrees with {right_one}, so {wrong_one} is the likelier one to be wrong."
        assert finding.message.endswith(f"The third text {told}")


def test_a_witness_that_does_not_speak_of_it_decides_nothing() -> None:
    a, b = (
        "The fire on the ferry killed 14 passengers.",
        "The fire on the ferry killed 41 passengers.",
    )
    for third in ("The fire on the ferry killed 27 passengers.", "It was a windy day in spring."):
        (finding,) = heard(a, b, third, "number").findings
        assert finding.likely_side == "unknown"
        assert "third text" not in finding.message


def test_another_story_is_not_heard() -> None:
    a, b = (
        "The fire on the ferry killed 14 passengers.",
        "The fire on the ferry killed 41 passengers.",
    )
    result = compare_texts(
        f"{a} {REST}",
        f"{b} {MORE}",
        Config(select=("number",)),
        witness="Bananas are cheap. 14 shops sell them. Parliament met.",
    )
    (finding,) = result.findings
    assert finding.likely_side == "unknown"
    assert any("was not heard" in note for note in result.run.notes)


def test_a_run_takes_a_third_file_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "The fire on the ferry killed {} passengers. "
    paths = []
    for name, number, rest in (("a", 41, REST), ("b", 14, MORE), ("c", 14, THIRD)):
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(first.format(number) + rest, encoding="utf-8")
    out = tmp_path / "run"
    a, b, c = map(str, paths)
    assert main(["run", a, b, "--witness", c, "-q", "-o", str(out), "--select", "number"]) == 0
    shown = capsys.readouterr().out
    assert "The third text agrees with B" in shown
    assert "note: the further text c.txt says" in shown
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert [w["source"] for w in record["inputs"]["witnesses"]] == [c]
    assert main(["run", "-", b, "--witness", "-", "-q"]) == ExitCode.USAGE
    assert "standard input" in capsys.readouterr().err
