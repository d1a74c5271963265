"""The two texts side by side in full, with their findings; the alignment can be corrected."""

from __future__ import annotations

import streamlit as st

from app_pages import shared
from compare import view
from compare.links import Correction, Part, reference
from compare.records import SIDES, Comparison, Side
from compare.review import Filter
from compare.verdicts import now

ACTIONS = {
    "link": "Link: these are one group",
    "unlink": "Unlink: these do not belong together",
    "join": "Join: their groups become one",
    "split": "Split: these leave their group and stand as one of their own",
}


def correct(comparison: Comparison) -> None:
    """A correction of the alignment, kept for this and all later runs of the story."""
    action = st.selectbox(
        "What is wrong", list(ACTIONS), format_func=lambda name: ACTIONS[name], key="action"
    )
    chosen: dict[Side, list[int]] = {}
    for side, column in zip(SIDES, st.columns(2), strict=True):
        sentences = comparison.document(side).sentences
        chosen[side] = column.multiselect(
            f"Sentences of {side.upper()}",
            list(range(len(sentences))),
            format_func=lambda i, held=sentences: view.option(f"{i + 1} {held[i].text[:90]}"),
            key=f"sentences_{side}",
        )
    st.button(
        "Keep the correction",
        key="correct",
        on_click=keep,
        args=(comparison, action, chosen),
    )


def keep(comparison: Comparison, action: str, chosen: dict[Side, list[int]]) -> None:
    refs = {
        side: tuple(reference(comparison.document(side), i) for i in sorted(chosen[side]))
        for side in SIDES
    }
    parts = [Part(refs["a"], refs["b"])]
    if action == "split":
        parts.append(view.rest_of_group(comparison, chosen))

    def write() -> None:
        made = Correction(
            action,  # type: ignore[arg-type]
            tuple(parts),
            reviewer=shared.reviewer(),
            reviewed_at=now(),
        )
        shared.project().correct(comparison.pair_id, made)
        for side in SIDES:
            st.session_state[f"sentences_{side}"] = []

    shared.guarded(write)


st.html(view.style())
review = shared.review()
comparison = review.comparison
st.html(view.headline(comparison))
shared.trouble()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    kinds = shared.kind_filters(view.choices(review.findings), "Show only", prefix="pairs_")
    chosen = Filter("all", *map(frozenset, kinds))
    words = st.toggle("Differences of words", key="words")
    dismissed = st.toggle("Dismissed findings", key="dismissed")
if words:
    st.html(view.word_style())
with st.expander("Correct the alignment"):
    correct(comparison)
corrections = shared.corrections(review)
if corrections:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.text(
            f"{len(corrections)} corrections of this story's alignment are kept.", width="content"
        )
        if st.button("Compare again", key="again"):
            shared.again(comparison)
st.html(
    view.board(
        comparison,
        lambda f: chosen.chooses(f) and (dismissed or f.status != "dismissed"),
        shared.run_name(),
    )
)
