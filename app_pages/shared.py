"""What the pages share: the project, the run in view, its review, the loaded model."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import streamlit as st

from compare import view
from compare.config import Config
from compare.embed import CachedEncoder, packaged_encoder
from compare.errors import CompareError, InputError
from compare.links import Correction
from compare.project import FOLDER, Project, Run
from compare.records import Article, Comparison
from compare.report.load import load_run
from compare.review import Review
from compare.rules import Rule
from compare.variants import Variants, gathered
from compare.verdicts import Agreement, Precision, agreement, precision, to_lines

KEPT = 20
"""Runs held in memory; the rest are read again."""


def encoder() -> CachedEncoder:
    """The packaged model behind a cache that counts for one run."""
    return CachedEncoder(packaged_encoder())


def project() -> Project:
    """The folder that the page works in."""
    return _project(os.environ.get(FOLDER) or "reports", Path.cwd())


@st.cache_resource(show_spinner=False)
def _project(folder: str, base: Path) -> Project:
    """One for all sessions: they share the connections to the log."""
    return Project(base / folder)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _load(folder: Path, written: float) -> Comparison:
    return load_run(folder)


def compare(a: Article, b: Article, config: Config, show: Callable[[str], None]) -> str:
    """Compare two articles with the project's rules and corrections, and write the run; its name.

    Args:
        a: one article.
        b: the other.
        config: the settings.
        show: told what is being done.

    Raises:
        CompareError: they cannot be compared, or the run cannot be written.
    """
    from compare.pipeline import compare_articles
    from compare.report import default_run_dir, write_run

    held = project()
    comparison = compare_articles(
        a,
        b,
        held.configured(config),
        encoder=encoder(),
        progress=lambda stage: show(f"{view.STAGES.get(stage, 'Working')} …"),
        links=held.links_for(a, b, config),
    )
    folder = default_run_dir(comparison, held.folder)
    write_run(held.reviewed(comparison), folder, to_lines(held.entries(comparison)))
    choose_run(folder.name)
    return folder.name


def compare_several(
    articles: Sequence[Article], config: Config, show: Callable[[str], None]
) -> str:
    """Compare three articles or more with the project's rules, and write the runs; their name.

    Args:
        articles: the articles.
        config: the settings.
        show: told what is being done.

    Raises:
        CompareError: they cannot be compared, or the runs cannot be written.
    """
    from compare.report.columns import variants_dir, variants_files
    from compare.report.write import write_files
    from compare.variants import compare_variants

    held = project()
    made = compare_variants(
        articles,
        held.configured(config.replace(a_label=None, b_label=None, a_date=None, b_date=None)),
        encoder(),
        progress=lambda stage: show(f"{view.STAGES.get(stage, 'Working')} …"),
    )
    folder = variants_dir(held.folder)
    write_files(variants_files(made), folder)
    return folder.name


def corrections(review: Review) -> tuple[Correction, ...]:
    """What was corrected in the alignment of this story."""
    try:
        return project().corrections(review.related)
    except CompareError as error:
        st.html(view.alert(str(error)))
        return ()


def again(comparison: Comparison) -> None:
    """Compare the same texts anew, with the corrections and rules as they are now."""
    # What the rules said then may have been taken back.
    config = comparison.config.replace(same_entities=(), different_entities=())
    place = st.empty()
    status = place.status("Comparing …")
    try:
        compare(
            comparison.a.article,
            comparison.b.article,
            config,
            lambda label: status.update(label=label),
        )
    except CompareError as error:
        place.html(view.alert(str(error)))
        st.stop()
    st.query_params["run"] = st.session_state["run"]
    st.rerun()


def choose_run(name: str) -> None:
    """Take a run of the project into view."""
    st.session_state["run"] = name
    st.session_state.pop("review", None)


def run_name() -> str:
    """The run in view, by the page's address or the session; empty where there is none."""
    name = st.query_params.get("run") or st.session_state.get("run", "")
    if name:
        st.session_state["run"] = st.query_params["run"] = name
    return name


def reviewer() -> str:
    """Who decides: the name of the login where there is one, else what the visitor says."""
    if getattr(st.user, "is_logged_in", False):
        return str(st.user.get("email") or st.user.get("name") or "")
    name = st.session_state.get("reviewer") or st.query_params.get("reviewer") or _user()
    st.session_state["reviewer"] = name
    if name != _user():
        st.query_params["reviewer"] = name
    return str(name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "reviewer"


def review() -> Review:
    """The review of the run in view; ends the page where there is none.

    What others have decided since is taken in.
    """
    name = run_name()
    if not name:
        _nothing()
    held = st.session_state.get("review")
    who = reviewer()
    try:
        if held is not None and held[0] == (name, who):
            held[1].refresh()
        else:
            folder = project().run_folder(name)
            comparison = _load(folder, (folder / "comparison.json").stat().st_mtime)
            held = ((name, who), Review(comparison, project(), who, folder))
            st.session_state["review"] = held
    except (CompareError, OSError) as error:
        st.html(view.alert(str(error)))
        st.page_link("app_pages/start.py", label="Choose a run or two texts")
        st.stop()
    found: Review = held[1]
    return found


def several() -> tuple[Variants, dict[int, str]]:
    """The comparison of several texts in view, and the run of each other text by its number.

    Ends the page where there is none; what was decided of the findings is in them.
    """
    held = project()
    there = {one.name: one for one in held.several()}
    if not there:
        _nothing("Compare three texts or more first: variant-compare variants A B C")
    name = st.query_params.get("variants") or st.session_state.get("variants") or next(iter(there))
    if len(there) > 1:
        chosen = st.selectbox(
            "Comparison",
            list(there),
            index=list(there).index(name) if name in there else None,
            format_func=lambda one: several_label(there[one]),
            key=f"choose_variants_{name}",
            width=520,
        )
        name = chosen or name
    st.session_state["variants"] = st.query_params["variants"] = name
    try:
        if name not in there:
            raise InputError(
                f"there is no comparison {name!r} of several texts in {held.folder}: choose "
                "another one"
            )
        pairs = held.pairs(name)
        compared = []
        for _, number, run in pairs:
            folder = held.folder / run
            written = (folder / "comparison.json").stat().st_mtime
            compared.append((number, held.reviewed(_load(folder, written))))
        return gathered(pairs[0][0], compared), {number: run for _, number, run in pairs}
    except (CompareError, OSError) as error:
        st.html(view.alert(str(error)))
        st.page_link("app_pages/start.py", label="Choose a run or two texts")
        st.stop()


def several_label(run: Run) -> str:
    """A comparison of several texts in a list; the project itself by its folder's name."""
    return view.run_label(run._replace(name=project().folder.name) if run.name == "." else run)


def _nothing(what: str = "Compare two texts first, or open a run that is there.") -> NoReturn:
    st.title("Nothing to show", anchor=False)
    st.text(what)
    st.page_link("app_pages/start.py", label="Choose two texts")
    st.stop()


def trouble() -> None:
    """What went wrong in a callback, which cannot show it itself."""
    message = st.session_state.pop("trouble", "")
    if message:
        st.html(view.alert(message))


def who() -> None:
    """The name that decisions are kept under, to be changed where there is no login."""
    name = reviewer()
    with st.popover(f"Reviewer: {view.label(name)}", type="tertiary"):
        if getattr(st.user, "is_logged_in", False):
            st.text(f"Logged in as {name}")
            return
        st.text_input(
            "Your name",
            key="reviewer_input",
            value=name,
            max_chars=80,
            on_change=_rename,
            help="Decisions are kept under this name.",
        )
    if st.session_state.pop("renamed", False):
        st.rerun()  # the whole page: the fragment alone would go on with the review of before


def _rename() -> None:
    name = st.session_state["reviewer_input"].strip()
    if name:
        st.session_state["reviewer"] = st.query_params["reviewer"] = name
        st.session_state["renamed"] = True


def guarded(action: Callable[[], object]) -> None:
    """Do what a press asks for; what goes wrong is told on the page."""
    try:
        action()
    except CompareError as error:
        st.session_state["trouble"] = str(error)


def kind_filters(
    kinds: view.Choices,
    first: str,
    prefix: str = "",
    on_change: Callable[[], None] | None = None,
) -> tuple[list[str], list[str], list[str]]:
    """Widgets to choose ledgers, severities and checks; what is chosen.

    Args:
        kinds: what there is.
        first: label of the first widget.
        prefix: of the widgets' keys.
        on_change: called when something else is chosen.
    """
    ledgers = st.pills(
        first,
        list(kinds.ledgers),
        selection_mode="multi",
        format_func=lambda name: f"{view.LEDGERS[name]} ({kinds.ledgers[name]})",
        key=f"{prefix}ledgers",
        on_change=on_change,
    )
    return ledgers, *severity_filters(kinds, prefix, on_change)


def severity_filters(
    kinds: view.Choices, prefix: str, on_change: Callable[[], None] | None = None
) -> tuple[list[str], list[str]]:
    """The widgets of :func:`kind_filters` for severities and checks alone."""
    severities = st.pills(
        "Severity",
        list(kinds.severities),
        selection_mode="multi",
        format_func=lambda name: f"{name} ({kinds.severities[name]})",
        key=f"{prefix}severities",
        on_change=on_change,
    )
    checks = st.multiselect(
        "Check",
        list(kinds.checks),
        format_func=lambda name: f"{name} ({kinds.checks[name]})",
        placeholder="all checks",
        key=f"{prefix}checks",
        width=240,
        on_change=on_change,
    )
    return severities, checks


def rule_line(review: Review, rule: Rule) -> None:
    """A rule, to be taken back."""
    words, button = st.columns([5, 1], vertical_alignment="center")
    with words:
        st.html(view.rule(rule, review.hidden_by(rule)))
    button.button(
        "Take back",
        key=f"rule_{rule.rule_id}",
        on_click=lambda: guarded(lambda: review.remove_rule(rule.rule_id)),
    )


def statistics() -> tuple[dict[str, Precision], tuple[Agreement, ...]]:
    """Precision of the checks and agreement of the reviewers, over the whole project."""
    entries = project().log.entries()
    return precision(entries), agreement(entries)
