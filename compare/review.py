"""A review of one comparison by one reviewer: where they are, what they decide, what is left.

The page shows this and nothing else; what is decided is in the log before :meth:`Review.decide`
returns.
"""

from __future__ import annotations

import contextlib
import secrets
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, get_args

from compare import rules as ruling
from compare.errors import UsageError
from compare.project import BY_RULE, Project, with_status
from compare.records import SEVERITIES, SIDES, Comparison, Finding, LikelySide, Severity
from compare.report.safe import visible
from compare.report.tables import worst_first
from compare.verdicts import (
    DISPUTED,
    REASONS,
    VERDICTS,
    Entry,
    State,
    Verdict,
    entry,
    latest,
    notes,
    precision,
    rulings,
    settle,
    to_lines,
)

VIEWS = ("to decide", "decided", "disputed", "new", "by rule", "all")
"""What a filter shows: what the reviewer has still to decide, has decided, what reviewers decided
differently, what is new since the baseline, what a rule dismissed, or all but that."""
_KEEPS = ("decided", "disputed", "by rule")
"""Views that go on to the next finding whether it is open or not."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are gone through; where nothing is chosen of a kind, all of it is."""

    view: str = "to decide"
    ledgers: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.view not in VIEWS:
            raise UsageError(f"unknown view {self.view!r}: use {', '.join(VIEWS)}")

    def chooses(self, finding: Finding) -> bool:
        """Whether the finding is of the chosen kinds; the view is another matter."""
        return all(
            not chosen or value in chosen
            for chosen, value in (
                (self.ledgers, finding.ledger),
                (self.severities, finding.severity),
                (self.checks, finding.check),
            )
        )


class Progress(NamedTuple):
    """How many findings are decided, of how many."""

    decided: int
    total: int


class Review:
    """A session of review.

    Args:
        comparison: with its findings.
        project: whose log and rules count.
        reviewer: who decides; nobody else's decisions are touched.
        folder: of the run; its ``verdicts.jsonl`` gets a copy of every entry, where it can be
            written.

    Raises:
        UsageError: the reviewer has no name.
        InputError: the rules cannot be understood.
        SetupError: the log cannot be written.
    """

    def __init__(
        self, comparison: Comparison, project: Project, reviewer: str, folder: Path | None = None
    ) -> None:
        self._comparison = comparison
        self._project = project
        self._folder = folder
        # As the log will have it: decisions are found again by this name.
        self.reviewer = " ".join(unicodedata.normalize("NFC", visible(reviewer)).split())
        if not self.reviewer:
            raise UsageError("a review needs the reviewer's name")
        project.log.register(comparison)
        self.related = project.log.related(comparison)
        self.filter = Filter()
        self._rules: tuple[ruling.Rule, ...] = ()
        self._hidden: dict[str, ruling.Rule] = {}
        self._take(project.log.entries(self.related), project.rules())
        self._focus = next(iter(self._ids()), None)

    # --- what there is

    def refresh(self) -> None:
        """Take in what others have decided, and the rules as they are now.

        Raises:
            InputError: the rules cannot be understood any more; those before still count.
            SetupError: the log cannot be read.
        """
        self._catch_up()
        held = self._project.rules()
        if held != self._rules:
            self._take(self._entries, held)

    def _catch_up(self) -> None:
        """Take in what others, and this reviewer elsewhere, have decided."""
        log = self._project.log
        # Counted, not asked for from a number on: of two writers the later number may come first.
        if log.count(self.related) != len(self._entries):
            self._take(log.entries(self.related), self._rules)

    def _take(self, entries: Iterable[Entry], held: tuple[ruling.Rule, ...]) -> None:
        self._entries = tuple(sorted(entries, key=lambda e: e.order))
        if held != self._rules:
            self._rules = held
            self._hidden = ruling.hiding(held, self._comparison.findings, self.related)
        self.comparison = with_status(self._comparison, self._entries, self._hidden)
        self.findings = worst_first(self.comparison.findings)
        self._by_id = {f.finding_id: f for f in self.findings}
        self._said = latest(self._entries)
        self._notes = notes(self._entries)
        self._ruled = rulings(self._entries)

    @property
    def result(self) -> Comparison:
        """The comparison to take away: where reviewers agree which text is wrong, that one is.

        In the run itself the tool's own word stays.
        """
        states = settle(self._entries)

        def told(finding: Finding) -> Finding:
            state = states.get(finding.finding_id)
            side = "" if state is None else state.field("side")
            known = next((s for s in get_args(LikelySide) if s == side), finding.likely_side)
            return replace(finding, likely_side=known)

        return replace(self.comparison, findings=tuple(map(told, self.comparison.findings)))

    @property
    def gone(self) -> list[State]:
        """What was decided in this story of findings that this comparison does not have."""
        states = settle(self._entries)
        return [state for name, state in states.items() if name not in self._by_id]

    @property
    def rules(self) -> tuple[ruling.Rule, ...]:
        """The rules of the project."""
        return self._rules

    def mine(self, finding: Finding) -> Entry | None:
        """What this reviewer has decided about a finding."""
        return self._said.get(finding.finding_id, {}).get(self.reviewer)

    def note(self, finding: Finding) -> str:
        """The reviewer's note on a finding, decided or not."""
        return self._notes.get(finding.finding_id, {}).get(self.reviewer, "")

    @property
    def revision(self) -> int:
        """Another number after every change of what there is to show."""
        return hash((len(self._entries), self._rules, self.filter))

    def hidden_by(self, rule: ruling.Rule) -> int:
        """How many findings of this comparison a rule dismisses."""
        return sum(f.reason == BY_RULE and rule.hides(f, self.related) for f in self.findings)

    def others(self, finding: Finding) -> tuple[Entry, ...]:
        """What others have decided about it."""
        said = self._said.get(finding.finding_id, {})
        return tuple(e for name, e in said.items() if name != self.reviewer)

    def _open(self, finding: Finding) -> bool:
        # One reviewer's decision counts more than a rule, but asks no other one to decide, too.
        settled = finding.finding_id in self._ruled or finding.finding_id in self._hidden
        return not (settled or self.mine(finding))

    def _in_view(self, finding: Finding, view: str) -> bool:
        if _by_rule(finding) or view == "by rule":
            return _by_rule(finding) and view == "by rule"
        if view == "disputed":
            return finding.status == DISPUTED
        if view == "new":
            return finding.new is True
        return view == "all" or self._open(finding) == (view == "to decide")

    @property
    def shown(self) -> list[Finding]:
        """The findings of the filter, worst first."""
        return [
            f
            for f in self.findings
            if self.filter.chooses(f) and self._in_view(f, self.filter.view)
        ]

    def _ids(self) -> list[str]:
        return [f.finding_id for f in self.shown]

    def counts(self, field: str) -> dict[str, int]:
        """Findings of each ledger, severity or check, without what rules dismissed."""
        return Counter(getattr(f, field) for f in self.findings if not _by_rule(f))

    def views(self) -> dict[str, int]:
        """How many findings each view shows, the rest of the filter as it is."""
        chosen = [f for f in self.findings if self.filter.chooses(f)]
        return {view: sum(self._in_view(f, view) for f in chosen) for view in VIEWS}

    def progress(self) -> dict[Severity, Progress]:
        """How far the reviewer is, by severity; what a rule dismissed does not count."""
        found = {}
        for severity in SEVERITIES:
            held = [f for f in self.findings if f.severity == severity and not _by_rule(f)]
            if held:
                found[severity] = Progress(sum(not self._open(f) for f in held), len(held))
        return found

    def precision(self, check: str) -> str:
        """How often findings of a check were accepted in this story, as the page says it."""
        made = precision(self._entries).get(check)
        if made is None or made.share is None:
            return ""
        return f"{made.accepted} of {made.accepted + made.dismissed} accepted"

    # --- where the reviewer is

    @property
    def focus(self) -> Finding | None:
        """The finding to look at; None where the filter shows none."""
        if self._focus is not None and self._focus in self._by_id:
            return self._by_id[self._focus]
        return None

    @property
    def place(self) -> int:
        """Number of the finding in focus among those shown, from 1; 0 where it is not there."""
        ids = self._ids()
        return ids.index(self._focus) + 1 if self._focus in ids else 0

    def choose(self, chosen: Filter) -> None:
        """Go through other findings; the focus stays where it can."""
        self.filter = chosen
        ids = self._ids()
        if self._focus not in ids:
            self._focus = ids[0] if ids else None

    def go(self, finding_id: str) -> None:
        """Focus a finding by its name, whether the filter shows it or not."""
        if finding_id in self._by_id:
            self._focus = finding_id

    def next(self) -> None:
        """The next finding; after the last one the first."""
        self._step(1)

    def previous(self) -> None:
        """The one before; before the first one the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        ids = self._ids()
        if self._focus in ids:
            self._focus = ids[(ids.index(self._focus) + by) % len(ids)]
        elif ids:
            self._focus = self._beside(self._focus, set(ids), by)

    def _beside(self, finding_id: str | None, ids: Collection[str], by: int = 1) -> str | None:
        """Of some findings the nearest one after another, or before it, in the order of all."""
        order = [f.finding_id for f in self.findings]
        at = order.index(finding_id) if finding_id in order else -1
        turned = order[at + 1 :] + order[: max(at, 0)]
        return next((i for i in turned[::by] if i in ids), None)

    # --- what the reviewer decides

    def decide(
        self,
        verdict: Verdict,
        reason: str = "",
        note: str | None = None,
        side: str | None = None,
        adjudicates: bool = False,
    ) -> None:
        """Decide the finding in focus and move on to the next one that is open.

        Args:
            verdict: what it is.
            reason: why it is dismissed.
            note: a remark; None keeps the one there is.
            side: which text is wrong; None keeps what was said.
            adjudicates: settle what reviewers decided differently.
        """
        finding = self.focus
        if finding is None:
            return
        self._decide([finding], verdict, reason, note, side, adjudicates)
        self._move_on()

    def decide_all(
        self, finding_ids: Iterable[str], verdict: Verdict, reason: str = "", note: str = ""
    ) -> int:
        """Decide many findings in one step, which one undo takes back; how many changed."""
        found = [self._by_id[i] for i in dict.fromkeys(finding_ids) if i in self._by_id]
        made = self._decide(found, verdict, reason, note or None, None, False)
        ids = self._ids()
        if self._focus not in ids and ids:
            self._focus = ids[0]
        return made

    def _move_on(self) -> None:
        """Go from the finding in focus to the next one to decide; stay where there is none."""
        view = self.filter.view
        left = {
            f.finding_id
            for f in self.findings
            if self.filter.chooses(f)
            and self._in_view(f, view)
            and (view in _KEEPS or self._open(f))
        }
        self._focus = self._beside(self._focus, left) or self._focus

    def _decide(
        self,
        findings: Sequence[Finding],
        verdict: Verdict,
        reason: str,
        note: str | None,
        side: str | None,
        adjudicates: bool,
    ) -> int:
        if verdict not in VERDICTS:
            raise UsageError(f"unknown verdict {verdict!r}: use {', '.join(VERDICTS)}")
        if reason and (verdict != "dismissed" or reason not in REASONS):
            raise UsageError(f"unknown reason {reason!r}: dismiss with {', '.join(REASONS)}")
        if side not in (None, "", *get_args(LikelySide)):
            raise UsageError(f"unknown side {side!r}: use {', '.join(get_args(LikelySide))}")
        self._catch_up()  # the same reviewer may have noted something in another window
        batch = secrets.token_hex(8)
        made = []
        for finding in findings:
            before = self.mine(finding)
            if adjudicates:
                last = self._ruled.get(finding.finding_id)
                before = last if last and last.reviewer == self.reviewer else None
            held = self.note(finding)
            was = (before.verdict, before.reason, before.side) if before else ("open", "", "")
            now = (verdict, reason, was[2] if side is None else side)
            said = held if note is None else visible(note)
            # To say the same again is no step: undoing it would change nothing.
            if (now, said) != (was, held):
                made.append(
                    entry(
                        finding,
                        verdict,
                        self.reviewer,
                        reason=reason,
                        note=said,
                        side=now[2],
                        adjudicates=adjudicates,
                        batch=batch,
                    )
                )
        self._add(made)
        return len(made)

    def remark(self, finding_id: str, note: str) -> None:
        """Keep a note on a finding, whether it is decided or not; no step that undo takes back."""
        finding = self._by_id.get(finding_id)
        if finding is None:
            return
        self._catch_up()
        if visible(note) != self.note(finding):
            mine = self.mine(finding)
            held = (mine.verdict, mine.reason, mine.side) if mine else ("open", "", "")
            verdict, reason, side = held
            made = entry(finding, verdict, self.reviewer, reason=reason, side=side, note=note)
            self._add([made])

    def _add(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        written = self._project.log.add(entries)
        self._take((*self._entries, *written), self._rules)
        if self._folder is not None:
            # A copy for whoever gets the folder, which may be gone; the log is what counts.
            path = self._folder / "verdicts.jsonl"
            with contextlib.suppress(OSError), path.open("ab") as file:
                file.write(to_lines(written).encode())

    def undo(self) -> bool:
        """Take the reviewer's last step back and go to it; False where there is none.

        Steps of an earlier session or another window, too: the log knows them. A step that is not
        about any finding of this comparison is left as it is.
        """
        self._catch_up()
        own = [e for e in self._entries if e.reviewer == self.reviewer and e.batch]
        undone = {e.undoes for e in own}
        steps: dict[str, list[Entry]] = {}
        for one in own:
            if not one.undoes and one.batch not in undone:
                steps.setdefault(one.batch, []).append(one)
        here = [
            taken for taken in steps.values() if any(e.finding_id in self._by_id for e in taken)
        ]
        if not here:
            return False
        batch = secrets.token_hex(8)
        self._add([self._restored(e, batch) for e in here[-1]])
        self._focus = next(e.finding_id for e in here[-1] if e.finding_id in self._by_id)
        return True

    def _restored(self, taken: Entry, batch: str) -> Entry:
        """What stood before an entry, as a new one."""
        earlier = [
            e
            for e in self._entries
            if (e.finding_id, e.reviewer) == (taken.finding_id, taken.reviewer)
            and e.order < taken.order
        ]
        same = [e for e in earlier if e.adjudicates == taken.adjudicates]
        base = same[-1] if same else replace(taken, verdict="open", reason="", side="")
        # A note is restored with the step that changed it; one that was changed since stays.
        note = self._notes[taken.finding_id][taken.reviewer]
        if note == taken.note:
            note = earlier[-1].note if earlier else ""
        return replace(
            base,
            pair_id=taken.pair_id,
            note=note,
            batch=batch,
            undoes=taken.batch,
            at="",
            entry_id="",
            number=0,
        )

    def widen(self, kind: ruling.Kind, any_check: bool = False, note: str = "") -> ruling.Rule:
        """Make a rule of the dismissal of the finding in focus.

        Args:
            kind: ``wording``, ``entity`` or ``check``.
            any_check: the rule is to hold for all checks, not for that of the finding alone.
            note: a remark.

        Raises:
            UsageError: no finding is in focus.
            InputError: the finding has no words for such a rule, or the file of rules cannot be
                understood.
            SetupError: the file cannot be written.
        """
        finding = self.focus
        if finding is None:
            raise UsageError("no finding is in focus")
        check = "" if any_check and kind != "check" else finding.check
        rule = ruling.Rule(
            kind,
            words=(finding.a_span or "", finding.b_span or "") if kind == "wording" else (),
            names=self.names_of(finding) if kind == "entity" else (),
            check=check,
            pair_id=finding.pair_id if kind == "check" else "",
        )
        self.add_rule(rule, note)
        self._move_on()
        return rule

    def names_of(self, finding: Finding) -> tuple[str, ...]:
        """The names of the entity that a finding is about; none where it is about none."""
        spans = [(side, span) for side in SIDES if (span := finding.span(side)) is not None]
        for entity in self.comparison.entities:
            if any(
                span.overlaps(place)
                for side, span in spans
                for form in entity.forms
                if form.side == side
                for place in form.spans
            ):
                return tuple(dict.fromkeys(form.name for form in entity.forms))
        return ()

    def add_rule(self, rule: ruling.Rule, note: str = "") -> None:
        """Add a rule to the project's."""
        ruling.add(self._project.rules_path, ruling.stamped(rule, self.reviewer, note))
        self.refresh()

    def remove_rule(self, rule_id: str) -> None:
        """Take a rule back; what it hid is to be decided again."""
        ruling.remove(self._project.rules_path, rule_id)
        self.refresh()


def _by_rule(finding: Finding) -> bool:
    return finding.reason == BY_RULE
