"""The result as JUnit XML, which the dashboards of build servers show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compare.records import SIDES, Comparison, Finding, Side
from compare.report.safe import storable_xml, visible
from compare.report.tables import two_decimals, worst_first
from compare.xml import to_bytes


def to_junit(comparison: Comparison) -> bytes:
    """A suite for each check, and in it a test case for each fact finding.

    A case fails, but is skipped where the finding is dismissed. A check without fact findings has
    one case, which passes.
    """
    from lxml import etree

    facts = [f for f in worst_first(comparison.findings) if f.ledger == "fact"]
    suites = {name: [f for f in facts if f.check == name] for name in _checks(comparison, facts)}
    labels = (comparison.document(side).article.label or side.upper() for side in SIDES)
    root = etree.Element("testsuites", name=_text(" / ".join(labels)), **_counts(facts, suites))
    for name, found in suites.items():
        counts = _counts(found, (name,))
        suite = etree.SubElement(root, "testsuite", name=_text(name), **counts)
        for finding in found:
            case = etree.SubElement(
                suite, "testcase", classname=_class(name), name=_name(finding), time="0"
            )
            told = _text(_line(finding.message))
            if finding.status == "dismissed":
                why = ": ".join(filter(None, ("dismissed", finding.reason)))
                etree.SubElement(case, "skipped", message=_text(why)).text = told
            else:
                failure = etree.SubElement(case, "failure", type=finding.severity, message=told)
                failure.text = _text(_details(finding))
        if not found:
            etree.SubElement(
                suite, "testcase", classname=_class(name), name="no fact differs", time="0"
            )
    return to_bytes(root)


def _checks(comparison: Comparison, facts: Sequence[Finding]) -> list[str]:
    """The checks that ran, as far as they are here, and all that found something."""
    from compare.checks import default_registry, is_selected

    checks = default_registry().values()
    ran = [check.id for check in checks if is_selected(check, comparison.config)]
    return [*ran, *sorted({f.check for f in facts}.difference(ran))]


def _counts(facts: Sequence[Finding], checks: Iterable[str]) -> dict[str, str]:
    passed = sum(all(f.check != name for f in facts) for name in checks)
    skipped = sum(f.status == "dismissed" for f in facts)
    return {
        "tests": str(len(facts) + passed),
        "failures": str(len(facts) - skipped),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }


def _class(check: str) -> str:
    return _text(f"variant-compare.{check}")


def _name(finding: Finding) -> str:
    """The words, and the finding's own name: the same in every run that finds it again."""
    words = (f"“{w}”" for w in (finding.a_span, finding.b_span) if w is not None)
    return _text(f"{_line(' / '.join(words))} ({finding.finding_id})")


def _details(finding: Finding) -> str:
    lines = [
        finding.message,
        f"{finding.severity}, {finding.category}, confidence {two_decimals(finding.confidence)}, "
        f"likely side: {finding.likely_side}, review: {finding.status}",
    ]
    lines += [line for side in SIDES for line in _side(finding, side)]
    return "\n".join(map(_line, lines))


def _side(finding: Finding, side: Side) -> list[str]:
    words, text = (
        (finding.a_span, finding.a_text) if side == "a" else (finding.b_span, finding.b_text)
    )
    span = finding.span(side)
    place = [] if span is None else [f"{side}.txt:{span.start}-{span.end}: {words}"]
    return place + ([f"{side.upper()}: {text}"] if text else [])


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    return storable_xml(visible(text))
