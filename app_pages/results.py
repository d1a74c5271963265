"""What the pages share: the comparisons of this server, and the loaded model."""

from __future__ import annotations

import secrets
from collections import OrderedDict

import streamlit as st

from compare.embed import CachedEncoder, OnnxEncoder
from compare.records import Comparison

KEPT = 20
"""Comparisons held in memory; the oldest goes first."""


def encoder() -> CachedEncoder:
    """The packaged model behind a cache that counts for one run."""
    return CachedEncoder(_model())


@st.cache_resource(show_spinner=False)
def _model() -> OnnxEncoder:
    """Loaded once, for all sessions."""
    return OnnxEncoder()


@st.cache_resource(show_spinner=False)
def _results() -> OrderedDict[str, Comparison]:
    """By a key that cannot be guessed, which stands in the page's address: a reload finds it."""
    return OrderedDict()


def keep(comparison: Comparison) -> str:
    """Hold a comparison for this session; its key."""
    key = secrets.token_urlsafe(16)
    results = _results()
    results[key] = comparison
    while len(results) > KEPT:
        results.popitem(last=False)
    st.session_state["result"] = key
    return key


def current() -> Comparison | None:
    """The comparison of this session, or the one its address names; None where there is none."""
    key = st.query_params.get("result") or st.session_state.get("result", "")
    comparison = _results().get(key)
    if comparison is not None:
        st.session_state["result"] = st.query_params["result"] = key
    return comparison
