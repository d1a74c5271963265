"""Who and what is named, with every name and title that either text gives; and rules about it."""

from __future__ import annotations

import streamlit as st

from app_pages import shared
from compare import overview, view
from compare.rules import Rule

RULES = {"same": "These two are one", "different": "These are two"}


st.html(view.style())
review = shared.review()
comparison = review.comparison
st.html(view.headline(comparison))
shared.trouble()
kinds = st.pills(
    "Show only",
    [kind for kind in overview.ENTITY_KINDS if any(e.kind == kind for e in comparison.entities)],
    selection_mode="multi",
    format_func=lambda kind: overview.ENTITY_KINDS[kind],
    key="entity_kinds",
)
differ = st.toggle("Only where the texts differ", key="differ")
st.html(overview.entity_table(comparison, frozenset(kinds), differ))

st.header("Two names", anchor=False)
st.text("What you say here is kept as a rule, and counts when the texts are compared again.")
names = overview.entity_names(comparison)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    pair = [
        st.selectbox(label, names, index=None, format_func=view.option, key=key, width=280)
        for label, key in (("One name", "name_1"), ("Another name", "name_2"))
    ]
    ready = None not in pair and pair[0] != pair[1]
    for kind, label in RULES.items():
        st.button(
            label,
            key=f"rule_{kind}",
            disabled=not ready,
            on_click=lambda k=kind: shared.guarded(
                lambda: review.add_rule(Rule(k, names=tuple(pair)))
            ),
        )
rules = [rule for rule in review.rules if rule.kind in RULES]
for rule in rules:
    shared.rule_line(review, rule)
if rules and st.button("Compare again", key="again"):
    shared.again(comparison)
