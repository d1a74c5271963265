"""One finding at a time: look, decide with one key, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app_pages import shared
from compare import cards, view
from compare.records import Finding
from compare.review import VIEWS, Filter, Review
from compare.verdicts import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = (
    *("accept", "dismiss", "unsure", "undo", "previous", "next"),
    *(f"reason_{number}" for number in range(1, len(REASONS) + 1)),
)


def decide(review: Review, verdict: str, reason: str = "") -> None:
    finding = review.focus
    if finding is None:
        return
    note = st.session_state.get(f"note_{finding.finding_id}")
    side = st.session_state.get(f"side_{finding.finding_id}")
    settles = review.filter.view == "disputed"
    shared.guarded(
        lambda: review.decide(verdict, reason, note, side or "", adjudicates=settles)  # type: ignore[arg-type]
    )


def remark(review: Review, finding: Finding) -> None:
    """Keep a note when its box is left, decided or not."""
    note = st.session_state[f"note_{finding.finding_id}"]
    shared.guarded(lambda: review.remark(finding.finding_id, note))


def choose(review: Review) -> None:
    state = st.session_state
    review.choose(
        Filter(
            state["view"] or VIEWS[0],
            frozenset(state["ledgers"]),
            frozenset(state["severities"]),
            frozenset(state["checks"]),
        )
    )


def filters(review: Review) -> None:
    """What to go through."""
    views = review.views()
    held = review.filter
    kinds = view.choices(review.findings)

    def on_change() -> None:
        choose(review)

    for key, value in (
        ("view", held.view),
        ("ledgers", [x for x in kinds.ledgers if x in held.ledgers]),
        ("severities", [x for x in kinds.severities if x in held.severities]),
        ("checks", [x for x in kinds.checks if x in held.checks]),
    ):
        st.session_state[key] = value
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            "Go through",
            [name for name in VIEWS if views[name] or name in (held.view, "to decide", "all")],
            format_func=lambda name: f"{name} ({views[name]})",
            required=True,
            key="view",
            on_change=on_change,
        )
        shared.kind_filters(kinds, "Kind", on_change=on_change)
        st.toggle("Differences of words", key="words")


def alone(action: Callable[[], None]) -> None:
    """Do what a key asks for, unless another one came before it was done: the two are then told at
    once, in the order of their buttons, and the wrong one could decide the finding in focus."""
    pressed = [name for name in KEYS if st.session_state.get(f"key_{name}")]
    if len(pressed) > 1:
        st.session_state["trouble"] = "keys came too fast and none was taken: press again"
    else:
        action()


def keys(review: Review) -> None:
    """The buttons, each with its key on it."""
    finding = review.focus
    none = finding is None

    def button(
        label: str, shortcut: str, action: Callable[[], None], key: str, off: bool = False
    ) -> None:
        st.button(
            label,
            shortcut=shortcut,
            on_click=alone,
            args=(action,),
            key=f"key_{key}",
            disabled=off,
            type="primary" if key == "accept" else "secondary",
        )

    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        button("Accept", "A", lambda: decide(review, "accepted"), "accept", none)
        button("Dismiss", "D", lambda: decide(review, "dismissed"), "dismiss", none)
        button("Unsure", "U", lambda: decide(review, "unsure"), "unsure", none)
        button("Undo", "Z", lambda: shared.guarded(review.undo), "undo")
        button("Previous", "P", review.previous, "previous")
        button("Next", "N", review.next, "next")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Dismiss, because:", width="content")
        for number, reason in enumerate(REASONS, start=1):

            def dismiss(reason: str = reason) -> None:
                decide(review, "dismissed", reason)

            button(reason, str(number), dismiss, f"reason_{number}", none)


def remarks(review: Review, finding: Finding) -> None:
    """Note, wrong text, and the ways to dismiss more than this one."""
    name = finding.finding_id
    mine = review.mine(finding)
    note, side, more = st.columns([5, 3, 2], vertical_alignment="bottom")
    st.session_state.setdefault(f"note_{name}", review.note(finding))
    note.text_area(
        "Note",
        key=f"note_{name}",
        height=68,
        placeholder="Kept with the finding.",
        on_change=remark,
        args=(review, finding),
    )
    st.session_state.setdefault(f"side_{name}", (mine.side if mine else "") or None)
    side.segmented_control(
        "Wrong text, if you know better",
        list(view.SIDE_NAMES),
        format_func=lambda value: view.SIDE_NAMES[value],
        key=f"side_{name}",
    )
    with more.popover("Dismiss more …", width="stretch"):
        widen(review, finding)


def widen(review: Review, finding: Finding) -> None:
    """Rules made of this finding."""
    st.text("A rule dismisses all such findings, now and in later runs, and can be taken back.")
    st.button(
        "These words, wherever they stand so",
        key="widen_wording",
        on_click=lambda: shared.guarded(lambda: review.widen("wording")),
        width="stretch",
    )
    st.html(view.said(view.quoted(finding.a_span), view.quoted(finding.b_span)))
    names = review.names_of(finding)
    if names:
        st.button(
            "All about this name",
            key="widen_entity",
            on_click=lambda: shared.guarded(lambda: review.widen("entity", any_check=True)),
            width="stretch",
        )
        st.html(view.said(*names))
    st.button(
        f"All findings of “{finding.check}” in this story",
        key="widen_check",
        on_click=lambda: shared.guarded(lambda: review.widen("check")),
        width="stretch",
    )


def bulk(review: Review) -> None:
    """Many findings in one step."""
    shown = review.shown
    table = st.dataframe(
        view.table(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"bulk_{review.revision}",
        alt="The findings of the filter above, one a row; select those to decide at once.",
    )
    chosen = [shown[i].finding_id for i in table["selection"]["rows"]]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        reason = st.selectbox("Reason, to dismiss", ["", *REASONS], key="bulk_reason", width=220)
        for verdict, label in (
            ("accepted", "Accept"),
            ("dismissed", "Dismiss"),
            ("unsure", "Unsure about"),
        ):
            st.button(
                f"{label} {len(chosen)} selected",
                key=f"bulk_{verdict}",
                disabled=not chosen,
                on_click=lambda v=verdict: shared.guarded(
                    lambda: review.decide_all(chosen, v, reason if v == "dismissed" else "")
                ),
            )


def rule_list(review: Review) -> None:
    """The project's rules, each to be taken back."""
    for rule in review.rules:
        shared.rule_line(review, rule)


@st.fragment
def body(review: Review) -> None:
    """All that a key changes: a press runs this alone."""
    shared.trouble()
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html(cards.render_progress(review), width="content")
        shared.who()
    filters(review)
    keys(review)  # above the texts, so that no button moves when they are longer
    words = st.session_state.get("words", False)
    if words:
        st.html(view.word_style())
    st.html(cards.render_focus(review, words))
    if review.focus is not None:
        remarks(review, review.focus)
    with st.expander("Decide many at once", key="many", on_change="rerun") as many:
        if many.open:
            bulk(review)
    if review.rules:
        with st.expander(f"Rules ({len(review.rules)})"):
            rule_list(review)


st.html(view.style())
current = shared.review()
wanted = st.query_params.pop("finding", "") if "finding" in st.query_params else ""
if wanted:
    current.go(wanted)
st.html(view.names(current.comparison))
body(current)
