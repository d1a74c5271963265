"""What was found and decided, in figures; quotations; the files to take away."""

from __future__ import annotations

import altair as alt
import streamlit as st

from app_pages import shared
from compare import overview, view
from compare.records import SEVERITIES


def chart(title: str, field: str) -> None:
    """Findings by a field, in bars of their severity, each with its number."""
    frame = overview.counted(review.findings, field)
    if frame.empty:
        return
    bars = (
        alt.Chart(frame, title=title)
        .mark_bar(stroke="white")
        .encode(
            x=alt.X("findings:Q", title="findings", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y(f"{field}:N", title=None, sort="-x"),
            color=alt.Color(
                "severity:N",
                sort=list(SEVERITIES),
                scale=alt.Scale(domain=list(SEVERITIES), range=list(overview.CHART_COLOURS)),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[field, "severity", "findings"],
        )
    )
    st.altair_chart(bars, width="stretch")


st.html(view.style())
review = shared.review()
comparison = review.comparison
st.html(view.headline(comparison))
st.html(overview.decided(review))

with st.container(horizontal=True, gap="small"):
    for file in view.downloads(comparison):
        st.download_button(
            file.label, file.make, file.name, file.mime, key=file.label, on_click="ignore"
        )

left, right = st.columns(2, gap="large")
with left:
    chart("By check", "check")
with right:
    chart("By the text that is probably wrong", "side")
    chart("By what was decided", "status")
st.html(overview.precision_table(*shared.statistics()))
st.html(overview.quotations(comparison))
