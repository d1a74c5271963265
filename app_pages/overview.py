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
    present = [severity for severity in SEVERITIES if severity in set(frame["severity"])]
    colours = [overview.CHART_COLOURS[SEVERITIES.index(severity)] for severity in present]
    # A line of the ground between the parts of a bar, which colour alone must not tell apart.
    dark = st.context.theme.type == "dark"
    ground = "#14171c" if dark else "#ffffff"
    ink = "#a5adb8" if dark else "#545b64"  # Streamlit's own grey is too pale to read
    bars = (
        alt.Chart(frame, title=title)
        .mark_bar(stroke=ground, strokeWidth=2)
        .encode(
            x=alt.X("findings:Q", title="findings", axis=alt.Axis(tickMinStep=1)),
            # Flush labels would leave the rows that they name.
            y=alt.Y(f"{field}:N", title=None, sort="-x", axis=alt.Axis(labelFlush=False)),
            color=alt.Color(
                "severity:N", sort=present, scale=alt.Scale(domain=present, range=colours)
            ),
            order=alt.Order("rank:Q"),
            tooltip=[field, "severity", "findings"],
        )
        .configure_axis(labelColor=ink, titleColor=ink)
        .configure_legend(labelColor=ink, titleColor=ink)
    )
    st.altair_chart(bars, width="stretch")


st.html(view.style())
review = shared.review()
comparison = review.comparison
st.html(view.headline(comparison))
st.html(overview.decided(review))

with st.container(horizontal=True, gap="small"):
    for file in view.downloads(review.result):
        st.download_button(
            file.label, file.make, file.name, file.mime, key=file.label, on_click="ignore"
        )

left, right = st.columns(2, gap="large")
with left:
    chart("By check", "check")
with right:
    chart("By the text that is probably wrong", "side")
    chart("By what was decided", "status")
for table in (
    overview.gone(review.gone),
    overview.precision_table(*shared.statistics()),
    overview.quotations(comparison),
):
    if table:  # Streamlit refuses an empty one
        st.html(table)
