"""What is new since an earlier run."""

from __future__ import annotations

import dataclasses

from compare.records import BaselineInfo, Comparison


def since(comparison: Comparison, baseline: Comparison, source: str = "") -> Comparison:
    """The result with each finding marked new or known, and the counts in its run.

    A finding is known if the earlier run has one of the same identity, which does not change where
    sentences move or other text is edited.

    Args:
        comparison: the later result.
        baseline: the earlier one, as :func:`compare.report.load_run` reads it.
        source: where that came from, for ``run.json``.
    """
    known = {finding.finding_id for finding in baseline.findings}
    findings = tuple(
        dataclasses.replace(finding, new=finding.finding_id not in known)
        for finding in comparison.findings
    )
    new = sum(finding.new is True for finding in findings)
    gone = len(known - {finding.finding_id for finding in findings})
    info = BaselineInfo(source, baseline.pair_id, new, len(findings) - new, gone)
    run = dataclasses.replace(comparison.run, baseline=info)
    return dataclasses.replace(comparison, findings=findings, run=run)
