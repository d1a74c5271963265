"""Choose two texts or more and compare them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from app_pages import shared
from compare import settings, view
from compare.checks.false_friends import known_languages
from compare.config import Config
from compare.errors import CompareError, InputError, NotSameStoryError
from compare.fetch import fetch
from compare.languages import language_name
from compare.project import Run
from compare.read import article_from_bytes, article_from_text, suffixes
from compare.records import SIDES, Article

FILES, PASTE, ADDRESS, EXAMPLE = "Files", "Paste", "Web address", "Example"
LETTERS = "abcdefgh"  # the texts that can be compared at once
EXAMPLE_LABELS = {"a": "Hankyoreh English edition", "b": "Machine translation"}
SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
LANGUAGES = {code: language_name(code) for code in sorted(known_languages(), key=language_name)}


def choose(side: str, source: str) -> None:
    """The widgets of one text; their values are read by `read`."""
    name = f"Text {side.upper()}"
    st.header(name, anchor=False)
    if source == FILES:
        types = [ending.removeprefix(".") for ending in suffixes()]
        st.file_uploader(
            f"File of {name}", type=types, key=f"file_{side}", label_visibility="collapsed"
        )
    elif source == PASTE:
        st.text_area(
            f"Words of {name}",
            key=f"paste_{side}",
            height=220,
            placeholder="Paste the article here, headline and date included.",
            label_visibility="collapsed",
            persist_state="session",
        )
    elif source == ADDRESS:
        st.text_input(
            f"Address of {name}",
            key=f"address_{side}",
            placeholder="https://",
            help="The page is fetched by this machine, if it has a network.",
            persist_state="session",
        )
    else:
        st.html(view.excerpt(seed(side).decode("utf-8"), name))
    label, date = st.columns([3, 2])
    label.text_input(
        "Name",
        key=f"label_{source}_{side}",
        placeholder=EXAMPLE_LABELS[side] if source == EXAMPLE else "e.g. wire translation",
        help="What to call this text in the findings.",
        persist_state="session",
    )
    date.date_input(
        "Date",
        value=None,
        key=f"date_{source}_{side}",
        min_value=dt.date(1800, 1, 1),
        max_value=dt.date(2200, 1, 1),
        format="YYYY-MM-DD",
        help="The day the text is dated. Found in the text where you leave it out.",
        persist_state="session",
    )


def seed(side: str) -> bytes:
    return SEEDS[LETTERS.index(side)].read_bytes()


def letters(source: str) -> str:
    """The texts to choose; the example has two."""
    further = 0 if source == EXAMPLE else st.session_state.get("further", 0)
    return LETTERS[: len(SIDES) + further]


def add(count: int) -> None:
    """Have a text more to choose, or one less."""
    st.session_state["further"] = st.session_state.get("further", 0) + count


def read(side: str, source: str, config: Config) -> Article:
    """One text as chosen.

    Raises:
        InputError: there is none, or it cannot be used.
    """
    name = f"Text {side.upper()}"
    label = st.session_state[f"label_{source}_{side}"].strip() or None
    date = st.session_state[f"date_{source}_{side}"]
    if source == PASTE:
        text = st.session_state[f"paste_{side}"]
        if not text.strip():
            raise InputError(f"{name} is empty: paste the article into its box")
        return article_from_text(
            text,
            label=label or side.upper(),
            date=date,
            sentences=config.sentences,
            max_chars=config.max_chars,
        )
    if source == ADDRESS:
        data, file_name = fetch(st.session_state[f"address_{side}"], name)
    elif source == EXAMPLE:
        data, file_name = seed(side), SEEDS[LETTERS.index(side)].name
        label = label or EXAMPLE_LABELS[side]
    else:
        upload = st.session_state[f"file_{side}"]
        if upload is None:
            raise InputError(f"{name} is missing: choose a file for it")
        data, file_name = upload.getvalue(), upload.name
    return article_from_bytes(
        data,
        file_name,
        label=label,
        date=date,
        sentences=config.sentences,
        max_chars=config.max_chars,
        max_bytes=config.max_bytes,
    )


def run(source: str, force: bool) -> None:
    """Compare the chosen texts, write the run and go to its review; or say why not."""
    state = st.session_state
    config = Config(
        a_label=state[f"label_{source}_a"].strip() or None,
        b_label=state[f"label_{source}_b"].strip() or None,
        a_date=state[f"date_{source}_a"],
        b_date=state[f"date_{source}_b"],
        source_language=state.language or None,
        force=force,
    )
    place = st.empty()
    # Not as a context: its end would take the place again, from the message.
    status = place.status("Comparing …")
    try:
        config = settings.for_page(config)
        a, b, *further = (read(side, source, config) for side in letters(source))

        def show(label: str) -> None:
            status.update(label=label)

        if further:
            name = shared.compare_several((a, b, *further), config, show)
        else:
            name = shared.compare(a, b, config, show)
    except NotSameStoryError as error:
        place.html(view.unrelated(error))
        # A callback, because this button is gone in the run that its press starts.
        st.button("Compare anyway", key="anyway", on_click=lambda: state.update(force=True))
        return
    except CompareError as error:
        place.html(view.alert(str(error)))
        return
    if further:
        st.switch_page("app_pages/variants.py", query_params={"variants": name})
    st.switch_page("app_pages/review.py", query_params={"run": name})


def earlier() -> None:
    """The runs that are there, to go on with."""
    runs = {run.name: run for run in shared.project().runs()}
    several = {run.name: run for run in shared.project().several()}
    if runs or several:
        st.header("Earlier runs", anchor=False)
    if several and (
        name := offer("Comparison of several texts", several, shared.several_label, "_several")
    ):
        st.switch_page("app_pages/variants.py", query_params={"variants": name})
    if runs and (name := offer("Run", runs, view.run_label)):
        shared.choose_run(name)
        st.switch_page("app_pages/review.py", query_params={"run": name})


def offer(
    what: str, runs: Mapping[str, Run], label: Callable[[Run], str], key: str = ""
) -> str | None:
    """A list of runs with a button; the name of the one that is opened."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = st.selectbox(
            what,
            list(runs),
            format_func=lambda name: label(runs[name]),
            key=f"earlier{key}",
            width=520,
        )
        return name if st.button("Open", key=f"open{key}") else None


st.html(view.style())
st.title("Compare two articles", anchor=False)
st.html(view.LEAD)

source = st.segmented_control(
    "Where the texts come from",
    [FILES, PASTE, ADDRESS, EXAMPLE],
    default=FILES,
    required=True,
    key="source",
    persist_state="session",
)
chosen = letters(source)
for row in range(0, len(chosen), 2):
    for column, side in zip(st.columns(2, gap="large"), chosen[row : row + 2], strict=False):
        with column:
            choose(side, source)
if source != EXAMPLE:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Add another text",
            key="add",
            on_click=add,
            args=(1,),
            disabled=len(chosen) == len(LETTERS),
            help="Three texts or more are held against the one that says most of what the others "
            "say.",
        )
        if len(chosen) > len(SIDES):
            st.button("Remove the last", key="remove", on_click=add, args=(-1,))

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    st.selectbox(
        "Language both were translated from",
        ["", *LANGUAGES],
        format_func=lambda code: LANGUAGES.get(code, "Not known"),
        key="language",
        help="Tells which words a translator may have taken for others. Not known: the places and "
        "persons that the texts name tell it, where they can.",
        width=320,
        persist_state="session",
    )
    pressed = st.button("Compare", type="primary", key="compare")
force = st.session_state.pop("force", False)
if pressed or force:
    run(source, force)
else:
    earlier()
