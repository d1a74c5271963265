"""The user's own glossary: files, search, and what the check ``term`` makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from build import context

from compare.annotate import Context
from compare.checks.base import Draft
from compare.checks.glossary import against_glossary
from compare.cli import main
from compare.config import Config
from compare.errors import InputError
from compare.glossary import Entry, Glossary, load, pieces
from compare.pipeline import compare_sentences

ENVOY = Entry(
    term=("envoy", "representative"),
    required=("special envoy", "special representative"),
    forbidden=("president Kim",),
    note="House style",
    line=2,
    source="house/terms.csv",
)


def of(a: str, b: str, *entries: Entry) -> list[Draft]:
    """What a glossary has against two texts."""
    made = context(a, b)
    return list(
        against_glossary(
            Context(made.a, made.b, made.groups, made.config, glossary=Glossary(entries))
        )
    )


def words(text: str, glossary: Glossary) -> list[tuple[str, str]]:
    return [(hit.role, text[slice(*hit.span)]) for hit in glossary.search(pieces(text, {}))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The special envoy left.", [("required", "special envoy")]),
        ("The envoy left.", [("term", "envoy")]),
        ("An Envoy’s car.", [("term", "Envoy")]),
        ("President Kim, the envoy.", [("forbidden", "President Kim"), ("term", "envoy")]),
        ("special\n envoy", [("required", "special\n envoy")]),
        ("The convoy left specially.", []),
        ("special, envoy", [("term", "envoy")]),
    ],
)
def test_the_longest_rendering_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert words(text, Glossary([ENVOY])) == found


def test_hyphens_quotation_marks_and_case_are_read_as_they_are_meant() -> None:
    glossary = Glossary(
        [
            Entry(forbidden=("end-of-war declaration", "people's army")),
            Entry(forbidden=("Polish",), case=True),
        ]
    )
    text = "The end‑of‑war declaration, the People’s Army, polish and Polish."
    assert [w for _, w in words(text, glossary)] == [
        "end‑of‑war declaration",
        "People’s Army",
        "Polish",
    ]


def test_inflected_forms_are_found_by_the_lemma() -> None:
    (draft,) = of("He refuted it.", "He denied it.", Entry(forbidden=("refute",)))
    assert (draft.a, draft.b, draft.likely_side) == ((3, 10), None, "a")
    assert not of("He refuted it.", "He denied it.", Entry(forbidden=("refute",), case=True))


def test_a_forbidden_rendering_is_a_fact_finding_at_every_place() -> None:
    a = "President Kim left. We saw President Kim."
    (draft,) = of(a, "The special envoy left.", ENVOY)
    assert (draft.ledger, draft.severity, draft.likely_side) == ("fact", "major", "a")
    assert draft.category == "terminology/wrong-term"
    assert draft.message == (
        "A says “President Kim”, which the glossary forbids (terms.csv, line 2); it asks for "
        "“special envoy” or “special representative”. House style."
    )
    assert [(p.side, a[p.start : p.end]) for p in draft.places] == [("a", "President Kim")]
    assert draft.b == (4, 17)


def test_a_known_rendering_gives_way_to_the_required_one() -> None:
    (draft,) = of("The special envoy left.", "The envoy left.", ENVOY)
    assert (draft.a, draft.b, draft.likely_side) == ((4, 17), (4, 9), "b")
    assert draft.category == "terminology/inconsistent-with-terminology-resource"
    assert draft.severity == "minor"
    assert "B says “envoy”, where the glossary asks for “special envoy”" in draft.message


def test_a_text_that_never_names_the_concept_is_told_in_the_wording_ledger() -> None:
    (draft,) = of("The special envoy left.", "The diplomat left.", ENVOY)
    assert (draft.a, draft.b, draft.likely_side, draft.ledger) == ((4, 17), None, "b", "wording")
    other = of("The special envoy left.", "The special representative left.", ENVOY)
    assert other == []


def test_without_required_a_known_rendering_is_free() -> None:
    assert of("The envoy left.", "The envoy left.", Entry(term=("envoy",), forbidden=("x",))) == []


def write(folder: Path, text: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            'term,required,forbidden,case,note\nenvoy | rep,special envoy,,yes,"By Kim, 2021"\n',
            Entry(("envoy", "rep"), ("special envoy",), (), True, "By Kim, 2021", 2),
        ),
        (
            "\ufeffforbidden;note\r\n\r\nend of war|ending  of war;\r\n",
            Entry((), (), ("end of war", "ending of war"), False, "", 3),
        ),
        ("Required\tTerm\nvon der Leyen\tLeyen\n", Entry(("Leyen",), ("von der Leyen",), line=2)),
    ],
)
def test_files_are_read(tmp_path: Path, text: str, entry: Entry) -> None:
    path = write(tmp_path, text)
    glossary = load([path])
    (read,) = glossary.entries
    assert read == Entry(
        entry.term, entry.required, entry.forbidden, entry.case, entry.note, entry.line, str(path)
    )
    (info,) = glossary.info
    assert (info.source, info.entries, len(info.sha256)) == (str(path), 1, 64)


HEAD = "term,required,forbidden,case,note\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1"),
        ("word,better\n", "line 1 has a column 'word'"),
        ("term,note\n", "line 1 has the columns"),
        (HEAD + "envoy,,,,\n", "line 2 neither requires nor forbids"),
        (HEAD + "\nenvoy,x,,maybe,\n", "line 3 has 'maybe' under case"),
        (HEAD + "a,b,c,no,d,e\n", "line 2 has 6 cells"),
        (HEAD + "envoy,x,Envoy,,\n", "line 2 has “Envoy” under term and under forbidden"),
        (HEAD + "envoy,Envoy,,,\n", "line 2 has “Envoy” under term and under required"),
        (HEAD + 'envoy,"x,,,\n', "is no CSV"),
        (HEAD + "envoy,x|…,,,\n", "line 2 has '…' as a rendering"),
        (HEAD + "a,b,,,\nc,d,B,,\n", "“B” is forbidden in one place"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match="glossary") as error:
        load([write(tmp_path, text)])
    assert told in str(error.value)


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the glossary"):
        load([tmp_path / "none.csv"])
    path = tmp_path / "latin.csv"
    path.write_bytes("term,required\nGrüße,x\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load([path])


def test_a_large_glossary_is_one_pass() -> None:
    glossary = Glossary(Entry(forbidden=(f"word{i} of nothing",)) for i in range(20_000))
    text = " ".join(f"word{i} of something" for i in range(3_000))
    assert glossary.search(pieces(text, {})) == []


def test_a_run_takes_several_glossaries_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write(tmp_path, "forbidden\nleft\n", "one.csv")
    two = write(tmp_path, "term,required\nmayor,lord mayor\n", "two.csv")
    a = write(tmp_path, "The mayor left on Monday.\n", "a.txt")
    b = write(tmp_path, "The lord mayor went away on Monday.\n", "b.txt")
    out = tmp_path / "run"
    command = ["run", str(a), str(b), "-q", "-o", str(out), "--select", "term"]
    assert (
        main([*command, "--glossary", str(one), "--glossary", str(two), "--fail-on", "major"]) == 1
    )
    shown = capsys.readouterr().out
    assert "one.csv, line 2" in shown
    assert "two.csv, line 2" in shown
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert [g["source"] for g in record["glossaries"]] == [str(one), str(two)]
    assert record["config"]["glossary"] == [str(one), str(two)]


def test_house_style_is_no_sign_of_machine_translation(tmp_path: Path) -> None:
    path = write(tmp_path, "forbidden\nthe\n")
    texts = (["The mayor won 12 seats."], ["A mayor won 15 seats."])
    plain = compare_sentences(*texts)
    styled = compare_sentences(*texts, Config(glossary=(str(path),)))
    sides = [{f.likely_side for f in c.findings if f.check == "number"} for c in (plain, styled)]
    assert sides[0] == sides[1] != set()


def test_where_case_counts_two_that_differ_in_it_do_not_contradict(tmp_path: Path) -> None:
    line = "required,forbidden,case\nSea of Japan,Sea Of Japan,yes\n"
    (entry,) = load([write(tmp_path, line)]).entries
    text = "The Sea of Japan and the Sea Of Japan."
    assert [role for role, _ in words(text, Glossary([entry]))] == ["required", "forbidden"]
    with pytest.raises(InputError, match="is forbidden in one place"):
        Glossary([entry, Entry(forbidden=("Sea of Japan",), case=True)])
