"""Rules of review: what each hides, and the file that people may edit."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import finding

from compare import rules
from compare.errors import InputError, SetupError
from compare.rules import HIDING, KINDS, Kind, Rule


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "project" / "rules.toml"


def wording(a: str, b: str, check: str = "") -> Rule:
    return Rule("wording", words=(a, b), check=check)


def entity(*names: str, check: str = "") -> Rule:
    return Rule("entity", names=names, check=check)


HIDES = [
    (wording("the envoy", "the ambassador"), "The  Envoy", "“the ambassador”"),
    (wording("the envoy", "the ambassador"), "the ambassador", "the envoy"),
    (wording("the envoy", "the ambassador", "title"), "the envoy", "the ambassador"),
    (wording("reportedly", ""), "reportedly", None),
    (wording("reportedly", ""), None, "reportedly,"),
    (wording("－5 °C", "5 °C below"), "-5 °C", "5 °c below"),
    (wording("a\x1bb", "c"), "a\x1bb", "c"),
    (entity("Roh", "Noh Kyu-duk"), "General Roh", "the envoy"),
    (entity("Roh", "Noh Kyu-duk"), None, "Director Noh Kyu-duk’s"),
    (entity("Roh", check="title"), "General Roh", "Director Roh"),
    (Rule("check", check="title", pair_id="p0"), "General Roh", "Director Noh"),
    (Rule("check", check="title", pair_id="p1"), "General Roh", "Director Noh"),
]
PASSES = [
    (wording("the envoy", "the ambassador"), "the envoy", "the ambassador to Rome"),
    (wording("the envoy", "the ambassador"), "the envoy", None),
    (wording("the envoy", "the ambassador", "name"), "the envoy", "the ambassador"),
    (wording("$5", "£5"), "€5", "£5"),
    (wording("-5 °C", "5 °C"), "5 °C", "5 °C"),
    (wording("1.5", "15"), "15", "15"),
    (wording("10%", "10"), "10", "10"),
    (entity("Roh"), "Rohan", "unbroh"),
    (entity("Roh", check="name"), "General Roh", "Director Roh"),
    (entity("Noh Kyu-duk"), "Noh", "Kyu"),
    (Rule("check", check="name", pair_id="p1"), "General Roh", "Director Noh"),
    (Rule("check", check="title", pair_id="p2"), "General Roh", "Director Noh"),
    (Rule("same", names=("General Roh", "Director Noh")), "General Roh", "Director Noh"),
    (Rule("different", names=("General Roh", "Director Noh")), "General Roh", "Director Noh"),
]


@pytest.mark.parametrize(
    ("rule", "a", "b", "hides"),
    [(*case, True) for case in HIDES] + [(*case, False) for case in PASSES],
    ids=str,
)
def test_what_a_rule_hides(rule: Rule, a: str | None, b: str | None, hides: bool) -> None:
    shown = finding(0, a_span=a, b_span=b)
    assert shown.check == "title"
    assert rule.hides(shown, ("p0", "p1")) == hides


def test_a_rule_about_an_entity_leaves_whole_sentences_alone() -> None:
    sentence = finding(3, a_span="General Roh flew to Oslo and signed.", b_span=None)
    assert sentence.check == "omission"
    assert not entity("Roh").hides(sentence, ())
    assert entity("Roh", check="omission").hides(sentence, ())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "wording"}, "needs 'words'"),
        ({"kind": "wording", "words": ("", "")}, "needs 'words'"),
        ({"kind": "wording", "words": ("“", "…”")}, "needs 'words'"),
        ({"kind": "wording", "words": ("a",)}, "'words' are two"),
        ({"kind": "entity", "names": ("", "…")}, "needs 'names'"),
        ({"kind": "check", "check": "title"}, "needs 'pair_id'"),
        ({"kind": "check", "pair_id": "p"}, "needs 'check'"),
        ({"kind": "same", "names": ("Roh",)}, "two different ones"),
        ({"kind": "same", "names": ("Roh", "ROH.")}, "two different ones"),
        ({"kind": "different", "names": ("Roh", "Noh", "Loh")}, "two different ones"),
    ],
)
def test_a_rule_says_something(fields: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Rule(**fields)  # type: ignore[arg-type]


# The file

words = st.text(st.characters(codec=None), max_size=12)
named = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)


@st.composite
def any_rule(draw: st.DrawFn) -> Rule:
    kind: Kind = draw(st.sampled_from(KINDS))
    first, second = draw(st.tuples(named, named).filter(lambda t: t[0].lower() != t[1].lower()))
    remarks = {name: draw(words) for name in ("note", "reviewer", "at")}
    if kind == "wording":
        check = draw(st.sampled_from(["", "title"]))
        return Rule(kind, words=(first, draw(words)), check=check, **remarks)
    if kind == "entity":
        return Rule(kind, names=(first, second), **remarks)
    if kind == "check":
        return Rule(kind, check="title", pair_id=first, **remarks)
    return Rule(kind, names=(f"1{first}", f"2{second}"), **remarks)


@given(st.lists(any_rule(), max_size=6), st.data())
def test_rules_are_kept_until_they_are_taken_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[Rule], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("rules") / "rules.toml"
    held: dict[str, Rule] = {}
    for rule in made:
        rules.add(path, rule)
        held.setdefault(rule.rule_id, rule)
    assert [r.rule_id for r in rules.load(path)] == list(held)
    while held:
        gone = data.draw(st.sampled_from(sorted(held)))
        rules.remove(path, gone)
        del held[gone]
        assert [r.rule_id for r in rules.load(path)] == list(held)


def test_a_rule_comes_back_as_it_was(path: Path) -> None:
    rule = rules.stamped(wording('say "no"', "C:\\x\n\tü ’", "term"), "mk", "house style")
    assert len(rule.at) == 20
    rules.add(path, rule)
    assert rules.load(path) == (rule,)
    rules.add(path, wording("SAY 'no'", "C:\\x ü", "term"))
    assert rules.load(path) == (rule,)
    assert str(rule) == '“say "no"” and “C:\\x\n\tü ’” are the same (term)'


def test_no_file_is_no_rules_and_is_not_made(path: Path) -> None:
    assert rules.load(path) == ()
    assert not path.parent.exists()


def test_what_people_wrote_stays(path: Path) -> None:
    path.parent.mkdir()
    by_hand = '# Our rules\n\n[[rule]]  # of 2024\nkind = "entity"\nnames = [\n  "Roh", # him\n]\n'
    for newline in ("\n", "\r\n"):
        path.write_bytes(b"\xef\xbb\xbf" + by_hand.replace("\n", newline).encode())
        path.chmod(0o664)
        rules.add(path, wording("a", "b"))
        assert by_hand.replace("\n", newline) in path.read_bytes().decode()
        assert path.stat().st_mode & 0o777 == 0o664
        rules.remove(path, entity("Roh").rule_id)
        assert [r.kind for r in rules.load(path)] == ["wording"]
        assert path.read_text("utf-8").startswith("# Our rules")


def test_a_new_file_explains_itself(path: Path) -> None:
    rules.add(path, wording("a", "b"))
    text = path.read_text("utf-8")
    assert all(f"#   {kind} " in text for kind in KINDS)
    rules.remove(path, wording("a", "b").rule_id)
    assert rules.load(path) == ()
    rules.add(path, wording("a", "b"))
    assert path.read_text("utf-8") == text


BROKEN = [
    ("[[rule]\n", "cannot read the rules in"),
    ("kind = 'entity'\n", "may hold [[rule]] tables alone"),
    ("rule = 'x'\n", "may hold [[rule]] tables alone"),
    ("rule = [1]\n", "rule 1 in"),
    ("[[rule]]\nkind = 'entity'\nnames = ['x']\n[[rule]]\nkind = 'x'\n", "cannot use rule 2 in"),
    ("[[rule]]\nkind = 'entity'\nname = 'x'\n", "unknown key 'name'"),
    ("[[rule]]\nkind = 'entity'\nnames = 'x'\n", "'names' is no list of texts"),
    ("[[rule]]\nkind = 'entity'\nnames = ['x']\nat = 2024-05-14\n", "'at' is no text"),
    ("[[rule]]\nkind = ['entity']\n", "unknown kind"),
    ("[[rule]]\nkind = 'wording'\nwords = ['a']\n", "'words' are two"),
    ("x = " + "[" * 5000, "cannot read the rules in"),
    ("[[rule]]\n" + "a." * 2**16 + "a = 1", "more than 32 dots stand in a row"),
    ("[[rule]]\nkind = {" + "a." * 2**16 + "a = 1}", "more than 32 dots stand in a row"),
    ("[" + "a . " * 2**16 + "a]", "more than 32 dots stand in a row"),
    ('"".' * 2**16 + "a = 1", "more than 32 dots stand in a row"),
    ("x = '''\n'''\n" + "a." * 2**16 + "a = 1", "more than 32 dots stand in a row"),
    ('x = "\\""\n' + "a." * 2**16 + "a = 1", "more than 32 dots stand in a row"),
    ('x = """a""""\n' + "a." * 2**16 + "a = 1", "more than 32 dots stand in a row"),
    ("# " + "x" * 2**22, "it is larger than 4 MiB"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN, ids=[text[-30:] for text, _ in BROKEN])
def test_a_broken_file_is_told_and_left_alone(path: Path, text: str, told: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    begun = time.process_time()
    for act in (rules.load, lambda p: rules.add(p, entity("x")), lambda p: rules.remove(p, "x")):
        with pytest.raises(InputError) as caught:
            act(path)
        assert told in str(caught.value)
        assert str(path) in str(caught.value)
    assert time.process_time() - begun < 2
    assert path.read_text() == text


def test_words_full_of_dots_are_no_key(path: Path) -> None:
    found = ("." * 999, ". " * 999, '"' * 3 + "." * 999, "'\\" + "." * 999, "#" + "." * 99)
    for number, dotted in enumerate(found):
        rule = replace(wording(f"He left {number}{dotted}", "He left"), note=dotted)
        rules.add(path, rule)
        assert rule in rules.load(path)


def test_what_is_no_text_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(InputError, match="cannot read the rules"):
        rules.load(path)
    path.rmdir()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot read the rules"):
        rules.load(path)


def test_rules_in_one_list_are_read_but_not_changed(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("rule = [{kind = 'entity', names = ['Roh']}]\n")
    assert rules.load(path) == (entity("Roh"),)
    with pytest.raises(InputError, match=r"write each as a \[\[rule\]\] table"):
        rules.add(path, entity("x"))
    with pytest.raises(InputError, match=r"write each as a \[\[rule\]\] table"):
        rules.remove(path, entity("Roh").rule_id)


def test_a_rule_that_is_not_there_cannot_be_taken_back(path: Path) -> None:
    with pytest.raises(InputError, match="no such rule"):
        rules.remove(path, "x")
    rules.add(path, entity("x"))
    with pytest.raises(InputError, match="no such rule"):
        rules.remove(path, entity("y").rule_id)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="cannot write the rules into"):
        rules.add(tmp_path / "file" / "rules.toml", entity("x"))


def test_two_who_add_at_once_lose_nothing(path: Path) -> None:
    def act(name: str) -> None:
        for i in range(8):
            rules.add(path, entity(f"{name}{i}"))

    threads = [threading.Thread(target=act, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rules.load(path)) == 32


def test_names_of_a_kind() -> None:
    held = [Rule("same", names=("a", "b")), entity("c"), Rule("different", names=("d", "e"))]
    assert rules.name_pairs(held, "same") == (("a", "b"),)
    assert rules.name_pairs(held, "different") == (("d", "e"),)
    assert set(HIDING) == {"wording", "entity", "check"}
    assert [str(rule) for rule in held] == ["a and b are one", "nothing about c", "d and e are two"]
    assert str(Rule("check", check="title", pair_id="p")) == "no title in this story"
    assert str(wording("", "b")) == "nothing and “b” are the same"
