"""Bodies that are taken for one another: the data, and what the check makes of them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from build import of_example

from compare.checks.base import Example
from compare.checks.entity import CHECK

BODIES = tomllib.loads((files("compare") / "data" / "bodies.toml").read_text("utf-8"))


def spans(a: str, b: str) -> list[tuple[str, str]]:
    context = of_example(Example(a, b))
    return [
        (context.a.words(d.a), context.b.words(d.b)) for d in CHECK.find(context) if d.a and d.b
    ]


def test_every_form_names_one_body() -> None:
    forms = Counter(
        form
        for kind in BODIES.values()
        for body, forms in kind.items()
        if body != "together"
        for form in forms
    )
    assert [form for form, count in forms.items() if count > 1] == []
    assert all(form == form.lower() for form in forms)


def test_what_goes_together_is_listed() -> None:
    for kind in BODIES.values():
        for pair in kind.get("together", ()):
            assert set(pair) <= set(kind)


@pytest.mark.parametrize(
    ("a", "b", "x", "y"),
    [
        ("The Senate voted.", "The lower house voted.", "Senate", "lower house"),
        ("It is up to the IMF.", "It is up to the World Bank.", "IMF", "World Bank"),
        (
            "Pupils of a primary school were hurt.",
            "Pupils of a high school were hurt.",
            "primary school",
            "high school",
        ),
        (
            "The provincial government paid.",
            "The central government paid.",
            "provincial government",
            "central government",
        ),
    ],
)
def test_another_body(a: str, b: str, x: str, y: str) -> None:
    assert spans(a, b) == [(x, y)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Senate and the lower house voted.", "The lower house and the Senate voted."),
        ("The Bundestag voted.", "The lower house voted."),
        ("The coast guard came.", "The navy's coast guard came."),
        ("The UN Security Council met.", "The Security Council met."),
    ],
)
def test_the_same_body(a: str, b: str) -> None:
    assert spans(a, b) == []
