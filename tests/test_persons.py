"""Who is named, under which title, and who is one person."""

from __future__ import annotations

import pytest
from build import context, of_example

from compare.checks.base import Example
from compare.persons import Person
from compare.pronouns import pronoun_references
from compare.titles import default_titles


def people(a: str | list[str], b: str | list[str] = "Nothing else happened.") -> list[Person]:
    return list(context(a, b).persons)


def find(persons: list[Person], name: str) -> Person:
    return next(p for p in persons if name in p.names())


@pytest.mark.parametrize(
    ("text", "name", "office", "address"),
    [
        ("President Jeon died on Tuesday.", "Jeon", "president", True),
        ("The minister of health, Paul Roy, agreed.", "Paul Roy", "minister", False),
        ("Sung Kim, the special envoy, spoke.", "Sung Kim", "special_representative", False),
        ("Chun Il-gu, who as trade minister led talks, died.", "Chun Il-gu", "minister", False),
        ("Minister of Justice Anna Holm resigned.", "Anna Holm", "minister", False),
        ("Deputy Foreign Minister Tran Duc Hai left.", "Tran Duc Hai", "deputy", True),
        (
            "Cai Hongbin, secretary of the Party committee, left.",
            "Cai Hongbin",
            "party_secretary",
            False,
        ),
        ("Secretary-General Azlan Rahim agreed.", "Azlan Rahim", "secretary_general", True),
    ],
)
def test_title_of_a_person(text: str, name: str, office: str, address: bool) -> None:
    mention = find(people(text), name).mentions[0]
    assert mention.title is not None
    assert (mention.title.office, mention.address) == (office, address)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paul Roy, son of President Mark Roy, spoke.", "Paul Roy"),
        ("Ada Brandt met the president of France.", "Ada Brandt"),
    ],
)
def test_somebody_elses_title(text: str, name: str) -> None:
    assert all(m.title is None for m in find(people(text), name).mentions if m.name == name)


def test_spellings_of_one_person_meet_across_texts() -> None:
    persons = people(
        ["Noh Kyu-duk met reporters.", "Noh was pleased."],
        ["Noh Kyu-deok met reporters.", "Director Roh was pleased."],
    )
    person = find(persons, "Roh")
    assert {m.name for m in person.mentions} == {"Noh Kyu-duk", "Noh", "Noh Kyu-deok", "Roh"}


def test_two_people_of_one_surname_stay_apart() -> None:
    persons = people(["Kim Jong-un met Kim Yo-jong.", "Kim Yo-jong smiled."])
    assert len([p for p in persons if "Kim" in p.name]) == 2


def test_spans_are_the_words() -> None:
    built = context(["Rain fell.", "President Jeon died."], "Nothing.")
    for person in built.persons:
        for mention in person.mentions:
            assert built.side(mention.side).words(mention.span) == mention.name


def test_titles_conflict_is_symmetric_and_never_with_itself() -> None:
    titles = default_titles()
    for x in titles.offices:
        assert not titles.conflict(x, x)
        for y in titles.offices:
            assert titles.conflict(x, y) == titles.conflict(y, x)


def test_lexicon_refers_only_to_offices_it_has() -> None:
    titles = default_titles()
    known = set(titles.offices)
    for office in titles.offices.values():
        assert office.compatible <= known, office.id
        assert not office.kind or office.kind in known
    for confusion in titles.confusions:
        assert confusion.right | confusion.wrong <= known, confusion.source


def test_pronouns_stand_for_the_only_person_near() -> None:
    texts = of_example(
        Example(
            ("Mina Kerr spoke.", "“It rains,” she said.", "Kerr met Ida Holm.", "She left."),
            ("Mina Kerr spoke.", "“It rains,” Kerr said.", "Kerr met Ida Holm.", "Holm left."),
        )
    )
    references = pronoun_references(texts)
    assert [(r.person.name, r.sentence, r.gender) for r in references["a"]] == [
        ("Mina Kerr", 1, "f"),
    ]
    assert references["b"] == []


def test_a_pronoun_stands_for_whom_the_other_text_names() -> None:
    texts = of_example(
        Example(
            ("Mina Kerr met Ida Holm.", "The talks were long.", "Kerr said it was a start."),
            ("Mina Kerr met Ida Holm.", "The talks were long.", "He said it was a start."),
        )
    )
    assert [(r.person.name, r.by_other) for r in pronoun_references(texts)["b"]] == [
        ("Mina Kerr", True)
    ]
