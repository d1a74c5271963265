"""Several texts of one story in columns, and where their facts differ."""

from __future__ import annotations

import streamlit as st

from app_pages import shared
from compare import view
from compare.report.columns import variants_csv
from compare.variants import Difference

st.html(view.style())
variants, runs = shared.several()
st.html(view.several_headline(variants))
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.text("Review against the pivot:", width="content")
    for number, run in runs.items():
        st.page_link(
            "app_pages/review.py",
            label=view.label(variants.labels[number]) or f"Text {number + 1}",
            icon=":material/arrow_forward:",
            query_params={"run": run},
        )
    st.download_button(
        "Differences, CSV",
        lambda: variants_csv(variants).encode(),
        "variants.csv",
        "text/csv",
        key="variants_csv",
        on_click="ignore",
    )
kinds = view.choices([difference.worst for difference in variants.differences])
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    severities, checks = shared.severity_filters(kinds, prefix="variants_")


def chosen(difference: Difference) -> bool:
    """Whether the filter shows a difference."""
    worst = difference.worst
    return (not severities or worst.severity in severities) and (
        not checks or worst.check in checks
    )


st.html(view.several_board(variants, chosen, runs))
