"""The two texts side by side with their findings."""

from __future__ import annotations

import streamlit as st

from app_pages.results import current
from compare import view

st.html(view.style())
comparison = current()
if comparison is None:
    st.title("Nothing to show", anchor=False)
    st.text(
        "Compare two texts first; the result then stands here until the program is stopped. "
        "An older one may have made room for newer ones: compare its texts again."
    )
    st.page_link("app_pages/start.py", label="Choose two texts")
    st.stop()

st.html(view.headline(comparison))
choices = view.choices(comparison)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    ledgers = st.pills(
        "Show only",
        list(choices.ledgers),
        selection_mode="multi",
        format_func=lambda name: f"{view.LEDGERS[name]} ({choices.ledgers[name]})",
        key="ledgers",
    )
    severities = st.pills(
        "Severity",
        list(choices.severities),
        selection_mode="multi",
        format_func=lambda name: f"{name} ({choices.severities[name]})",
        key="severities",
    )
    checks = st.multiselect(
        "Check",
        list(choices.checks),
        format_func=lambda name: f"{name} ({choices.checks[name]})",
        placeholder="all checks",
        key="checks",
        width=280,
    )
    words = st.toggle("Differences of words", key="words")
    with st.popover("Download"):
        for file in view.downloads(comparison):
            st.download_button(
                file.label,
                file.make,
                file.name,
                file.mime,
                key=file.label,
                on_click="ignore",
                width="stretch",
            )
if words:
    st.html(view.word_style())
st.html(
    view.board(
        comparison, view.Filter(frozenset(ledgers), frozenset(severities), frozenset(checks))
    )
)
