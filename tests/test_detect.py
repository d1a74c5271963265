"""From drafts to findings: identity, order, one finding for one thing, the likely side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from build import context

from compare.annotate import Context
from compare.checks.base import Check, Draft
from compare.config import Config
from compare.detect import detect, normalise
from compare.records import Severity, Span
from compare.sides import assign


def check(id_: str, find: Callable[[Context], Iterable[Draft]]) -> Check:
    return Check(id_, "summary", "accuracy/mistranslation", find, (), ())


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def draft(
    ctx: Context, a: str, b: str, severity: Severity = "major", confidence: float = 0.8
) -> Draft:
    return Draft(at(ctx.a.text, a), at(ctx.b.text, b), "differs", severity, confidence)


def test_identity_survives_moves_and_new_neighbours() -> None:
    before = context(
        ["It cost 3 euros then.", "Rain fell."], ["It cost 4 euros then.", "Rain fell."]
    )
    after = context(
        ["New words stand here.", "Rain fell.", "It cost 3 euros then."],
        ["New words stand here.", "Rain fell.", "It cost 4 euros then."],
    )
    find = check("x", lambda ctx: [draft(ctx, "3 euros", "4 euros")])
    (first,) = detect(before, [find], "p")
    (second,) = detect(after, [find], "p")
    assert first.finding_id == second.finding_id
    assert first.a_start != second.a_start


def test_a_learned_check_gives_way_to_rules() -> None:
    ctx = context("He sold 3 old ports in May.", "In May he bought 4 new ports.")
    rule = check("x", lambda c: [draft(c, "3", "4", "minor", 0.6)])

    def learned(a: str, b: str) -> Check:
        return replace(check("y", lambda c: [draft(c, a, b)]), learned=True)

    def found(*checks: Check) -> list[str]:
        return [f.check for f in detect(ctx, checks, "p")]

    assert found(rule, learned("sold 3", "bought")) == ["x"]
    assert found(rule, learned("sold", "bought 4")) == ["x"]
    assert found(rule, learned("sold", "bought")) == ["y", "x"]
    assert found(learned("sold 3", "bought 4")) == ["y"]


def test_same_words_elsewhere_are_another_finding() -> None:
    ctx = context(
        ["He paid 3 euros.", "She gave 3 euros."], ["He paid 4 euros.", "She gave 4 euros."]
    )
    find = check(
        "x",
        lambda c: [
            Draft(Span(8, 15), Span(8, 15), "", "major", 0.8),
            Draft(Span(26, 33), Span(26, 33), "", "major", 0.8),
        ],
    )
    assert len({f.finding_id for f in detect(ctx, [find], "p")}) == 2


def test_worst_first_and_low_confidence_left_out() -> None:
    ctx = context("One two three.", "Four five six.")
    find = check(
        "x",
        lambda c: [
            draft(c, "One", "Four", "minor"),
            draft(c, "two", "five", "critical"),
            draft(c, "three", "six", "critical", 0.3),
        ],
    )
    assert [f.severity for f in detect(ctx, [find], "p")] == ["critical", "minor"]


def test_a_weaker_draft_inside_a_stronger_one_is_dropped() -> None:
    ctx = context("General Roh spoke.", "Director Noh spoke.")
    outer = check("x", lambda c: [draft(c, "General Roh", "Director Noh", "critical")])
    inner = check("y", lambda c: [draft(c, "Roh", "Noh", "minor")])
    assert [f.check for f in detect(ctx, [inner, outer], "p")] == ["x"]


def test_spans_and_sentences_are_filled_in() -> None:
    ctx = context(["Rain fell.", "It cost 3 euros."], ["Rain fell.", "It cost 4 euros."])
    (finding,) = detect(ctx, [check("x", lambda c: [draft(c, "3 euros", "4 euros")])], "pair")
    assert (finding.a_span, finding.b_span) == ("3 euros", "4 euros")
    assert (finding.a_text, finding.b_text) == ("It cost 3 euros.", "It cost 4 euros.")
    assert (finding.group_id, finding.pair_id) == ("g002", "pair")


@pytest.mark.parametrize(("x", "y"), [("“Kim’s”", "kim s"), ("A  B\nC", "a b c")])
def test_normalise(x: str, y: str) -> None:
    assert normalise(x) == y


def test_faults_on_one_side_make_it_the_suspect() -> None:
    ctx = context("One two three.", "Four five six.")
    known = replace(draft(ctx, "One", "Four"), likely_side="b")
    unknown = draft(ctx, "two", "five")
    assigned = assign(ctx, [("fragment", known), ("title", known), ("number", unknown)])
    assert assigned[2][1].likely_side == "b"
    assert "B shows other signs" in assigned[2][1].message


def test_nothing_is_assigned_without_evidence_or_for_names() -> None:
    ctx = context("One two three.", "Four five six.")
    unknown = draft(ctx, "two", "five")
    assert assign(ctx, [("number", unknown)])[0][1].likely_side == "unknown"
    known = replace(draft(ctx, "One", "Four"), likely_side="b")
    assigned = assign(ctx, [("fragment", known), ("title", known), ("name", unknown)])
    assert assigned[2][1].likely_side == "unknown"


def test_a_label_that_says_machine_translation_is_evidence() -> None:
    ctx = context("One two three.", "Four five six.")
    article = replace(ctx.a.document.article, label="machine translation")
    ctx.a.document = replace(ctx.a.document, article=article)
    assert assign(ctx, [("number", draft(ctx, "two", "five"))])[0][1].likely_side == "a"


def test_settings_bound_confidence() -> None:
    ctx = context("One two three.", "Four five six.", config=Config(min_confidence=0.9))
    assert detect(ctx, [check("x", lambda c: [draft(c, "One", "Four")])], "p") == ()
