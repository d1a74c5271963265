"""Who and what the texts name, under which names and titles; and what the user says of them."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from build import context
from hypothesis import given
from hypothesis import strategies as st

from compare.checks import default_registry
from compare.config import Config
from compare.declared import Declared
from compare.entities import entities
from compare.pipeline import compare_texts
from compare.records import SIDES, Comparison, Entity
from compare.report import load_run, schema, to_json, write_run

ROOT = Path(__file__).parents[1]
Text = str | Sequence[str]


def found(a: Text, b: Text = "Nothing else happened.", **settings: object) -> tuple[Entity, ...]:
    return entities(context(a, b, config=Config().replace(**settings)))


def forms(entity: Entity) -> set[str]:
    """The forms as a reader sees them: text, title and name."""
    return {" ".join(filter(None, (f.side, f.title, f.name))) for f in entity.forms}


def groups(
    kind: str, a: Text, b: Text = "Nothing else happened.", **settings: object
) -> list[set[str]]:
    """The names of each entity of a kind."""
    return [{f.name for f in e.forms} for e in found(a, b, **settings) if e.kind == kind]


@pytest.fixture(scope="module")
def seeds() -> Comparison:
    a, b = (p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt")))
    return compare_texts(a, b)


def test_one_person_of_the_seeds_has_every_name_and_title(seeds: Comparison) -> None:
    (noh,) = [e for e in seeds.entities if any("Noh" in f.name or "Roh" in f.name for f in e.forms)]
    assert noh.kind == "person"
    assert {
        "a special representative Noh Kyu-duk",
        "a Noh",
        "b head Noh Kyu-deok",
        "b Director Roh",
        "b General Roh",
        "b Roh",
    } == forms(noh)
    assert (noh.count("a"), noh.count("b")) == (6, 5)


def test_forms_stand_where_they_say(seeds: Comparison) -> None:
    for entity in seeds.entities:
        assert entity.name in {f.name for f in entity.forms}
        for form in entity.forms:
            text = seeds.document(form.side).article.text
            assert form.spans == tuple(sorted(set(form.spans)))
            assert all(text[slice(*span)].endswith(form.name) for span in form.spans)
    # A place in a text is named once: no two forms overlap.
    for side in SIDES:
        spans = sorted(
            s for e in seeds.entities for f in e.forms if f.side == side for s in f.spans
        )
        assert all(x.end <= y.start for x, y in pairwise(spans))


def test_places_of_the_seeds_are_one_under_all_names(seeds: Comparison) -> None:
    places = {e.name: forms(e) for e in seeds.entities if e.kind == "place"}
    assert {"a DPRK", "a N. Korea", "a North Korean", "b North Korea"} <= places["North Korea"]
    assert {"a South Korea", "b South Korea"} <= places["South Korea"]
    assert "a Washington" in places["Washington"]


def test_they_are_written_and_read_back(seeds: Comparison, tmp_path: Path) -> None:
    record = json.loads(to_json(seeds))
    jsonschema.validate(record, schema(), jsonschema.Draft202012Validator)
    write_run(seeds, tmp_path)
    assert load_run(tmp_path).entities == seeds.entities
    assert len(seeds.entities) > 10


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "The World Health Organization gave warning of a wave.",
            "The WHO gave warning of a wave.",
            [{"World Health Organization", "WHO"}],
        ),
        (
            "Iran's Supreme National Security Council met on Monday.",
            "The UN Security Council met on Monday in New York.",
            [{"Supreme National Security Council"}, {"UN Security Council"}],
        ),
        (
            "The US State Department agreed.",
            "The State Department agreed.",
            [{"US State Department", "State Department"}],
        ),
        (
            "The Ministry of Foreign Affairs agreed.",
            "The Foreign Ministry agreed.",
            [{"Ministry of Foreign Affairs", "Foreign Ministry"}],
        ),
        (
            "The Russian Foreign Ministry agreed.",
            "The Ukrainian Foreign Ministry agreed.",
            [{"Russian Foreign Ministry"}, {"Ukrainian Foreign Ministry"}],
        ),
    ],
)
def test_organisations(a: str, b: str, expected: list[set[str]]) -> None:
    assert groups("organisation", a, b) == expected


def test_an_organisation_without_its_country_is_neither_of_two() -> None:
    a = ["The Russian Foreign Ministry spoke.", "The Ukrainian Foreign Ministry replied."]
    names = groups("organisation", a, "The Foreign Ministry was silent.")
    assert {"Foreign Ministry"} in names
    assert len(names) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Paul Roy, the Minister of Justice, spoke.",  # an office
        "Ida Holm spoke in Norway.",  # a person, a place
    ],
)
def test_what_is_no_organisation(text: str) -> None:
    assert groups("organisation", text) == []


# What the user says of names


PAIRS = [
    # Two people by the check, one by the user: nothing is left that says they differ.
    ("name", "“We wait,” said economist Jun Kamiya.", "Economist Kamitani Jun said: “We wait.”",
     ("Jun Kamiya", "Kamitani Jun")),
    # A part of the name is enough.
    ("name", "“We wait,” said economist Jun Kamiya.", "Economist Kamitani Jun said: “We wait.”",
     ("Kamiya", "Kamitani")),
    ("name", "Minister Olga Petrova opened the bridge.", "Minister Olga Pavlova opened the bridge.",
     ("Olga Pavlova", "Olga Petrova")),
    ("name", "Head coach Choi Jin-ok spoke.", "Head coach Choi Jin-wook spoke.",
     ("choi jin-ok", "CHOI JIN-WOOK")),
    ("entity", "The agency Xinhua reported that a plane had been hijacked.",
     "The agency Tassinform reported that a plane had been hijacked.", ("Xinhua", "Tassinform")),
    ("entity", "The Ministry of Health banned the drug.",
     "The drug was banned by the Justice Ministry.", ("Ministry of Health", "Justice Ministry")),
    ("place", "The trial run is planned in Laos.", "The pilot operation is planned in Cambodia.",
     ("Laos", "Cambodia")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "a", "b", "pair"), PAIRS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_two_names_that_the_user_calls_one(
    check: str, a: str, b: str, pair: tuple[str, str]
) -> None:
    find = default_registry()[check].find
    assert list(find(context(a, b)))
    told = Config(same_entities=(pair,))
    assert list(find(context(a, b, config=told))) == []
    for other in (pair, pair[::-1]):
        both = [
            names
            for kind in ("person", "organisation", "place")
            for names in groups(kind, a, b, same_entities=(other,))
            if all(any(n.casefold() in m.casefold() for m in names) for n in pair)
        ]
        # What the parser takes for no organisation, as the name of that agency, is not listed.
        assert len(both) == (pair[0] != "Xinhua")


def test_one_spelled_in_two_ways_is_told_all_the_same() -> None:
    a = ["Noh Kyu-duk met reporters.", "Noh said talks went well."]
    b = ["Noh Kyu-deok met reporters.", "Roh said talks went well."]
    told = Config(same_entities=(("Noh", "Roh"),))
    assert [d.category for d in default_registry()["name"].find(context(a, b, config=told))] == [
        "terminology/inconsistent"
    ]


@pytest.mark.parametrize(
    ("kind", "a", "b", "pair", "expected"),
    [
        (
            "person",
            ["Noh Kyu-duk met reporters.", "Noh said talks went well."],
            ["Roh spoke first.", "Noh Kyu-deok met reporters, Roh said."],
            ("Noh", "Roh"),
            [{"Noh Kyu-duk", "Noh Kyu-deok", "Noh"}, {"Roh"}],
        ),
        (
            "person",
            "Choi Jin-ok spoke.",
            "Choe Jin-ok spoke.",
            ("Choi Jin-ok", "Choe Jin-ok"),
            [{"Choi Jin-ok"}, {"Choe Jin-ok"}],
        ),
        (
            "person",
            ["Sung Kim spoke.", "Kim left."],
            "Kim stayed, Sung Kim said.",
            ("Sung Kim", "Kim"),
            [{"Sung Kim"}, {"Kim"}],
        ),
        (
            "organisation",
            "The World Health Organization gave warning of a wave.",
            "The WHO gave warning of a wave.",
            ("WHO", "World Health Organization"),
            [{"World Health Organization"}, {"WHO"}],
        ),
        (
            "place",
            "The talks in Kiev ended on Friday.",
            "The talks in Kyiv ended on Friday.",
            ("Kiev", "Kyiv"),
            [{"Kiev"}, {"Kyiv"}],
        ),
    ],
)
def test_names_that_the_user_calls_two(
    kind: str, a: Text, b: Text, pair: tuple[str, str], expected: list[set[str]]
) -> None:
    apart = groups(kind, a, b, different_entities=(pair,))
    assert sorted(map(sorted, apart)) == sorted(map(sorted, expected))
    # "they are two" wins
    both = groups(kind, a, b, different_entities=(pair,), same_entities=(pair,))
    assert both == apart
    assert groups(kind, a, b) != apart


def test_a_name_of_several_says_too_little_to_make_them_one() -> None:
    a = ["Kim Jong-un met Kim Yo-jong.", "Sung Kim stayed.", "Ida Holm left."]
    assert len(groups("person", a, same_entities=(("Kim", "Ida Holm"),))) == 4


@given(
    st.lists(st.sampled_from(["Ida Holm", "Holm", "Jan Vik", "Vik", "Noh", ""]), max_size=5),
    st.lists(st.tuples(*[st.sampled_from(["Ida Holm", "Jan Vik", "Noh", "Roh", ""])] * 2)),
)
def test_making_one_loses_nothing(names: list[str], pairs: list[tuple[str, str]]) -> None:
    merged = Declared(same=tuple(pairs)).merged(names, lambda name: [name])
    assert sorted(n for group in merged for n in group) == sorted(names)


def test_it_is_quick() -> None:
    a, b = (p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt")))
    made = context(*([s for s in text.splitlines() if s.strip()] for text in (a, b)))
    made.build()
    entities(made)  # what is read once
    start = time.process_time()
    entities(made)
    assert time.process_time() - start < 0.1
