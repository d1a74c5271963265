"""The page: `streamlit run app.py`, or `variant-compare app`."""

import streamlit as st

st.set_page_config(page_title="Variant Compare", layout="wide")
if getattr(st.user, "is_logged_in", None) is False:  # there only where a login is set up
    st.title("Variant Compare", anchor=False)
    st.button("Log in", on_click=st.login)
    st.stop()
st.navigation(
    [
        st.Page("app_pages/start.py", title="Start", default=True),
        st.Page("app_pages/review.py", title="Review"),
        st.Page("app_pages/pairs.py", title="Pairs"),
        st.Page("app_pages/variants.py", title="Variants"),
        st.Page("app_pages/entities.py", title="Names"),
        st.Page("app_pages/overview.py", title="Overview"),
    ],
    position="top",
).run()
