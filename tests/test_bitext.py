"""One file that holds both texts: TMX, XLIFF and tables of pairs, also broken and hostile ones."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_report import comparison

from compare.bitext import Bitext, read_bitext
from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode, InputError
from compare.pipeline import compare_articles
from compare.records import Comparison, Group
from compare.report import FORMATS
from compare.report.safe import storable_xml
from compare.segment import segment

A = ("The mayor resigned on Monday.", "Snow fell in the north.", "Roads were closed.")
B = ("Snow fell up north, and roads were closed.", "On Monday, the mayor resigned.", "He laughed.")
GIVEN = (((0,), (1,)), ((1, 2), (0,)), ((), (2,)))


def texts(both: Bitext) -> list[tuple[list[str], list[str]]]:
    """The groups by their words."""
    found = []
    for ids in both.groups:
        sides = []
        for article, numbers in zip((both.a, both.b), ids, strict=True):
            document = segment(article)
            sides.append([document.sentences[i].text for i in numbers])
        found.append((sides[0], sides[1]))
    return found


def grouped(result: Comparison) -> list[tuple[list[str], list[str]]]:
    return [([s.text for s in g.a], [s.text for s in g.b]) for g in result.groups]


def read(folder: Path, name: str, text: str | bytes, **options: str) -> Bitext:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_bitext(path, **options)


def tmx(*units: str, srclang: str = "en-GB", head: str = "") -> str:
    body = "".join(f"<tu>{unit}</tu>" for unit in units)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<tmx version="1.4"><header creationtool="x" '
        f'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="{srclang}" '
        f'datatype="plaintext"/><body>{body}</body></tmx>'
    )


def tuv(lang: str, text: str, more: str = "") -> str:
    return f'<tuv xml:lang="{lang}">{more}<seg>{text}</seg></tuv>'


UNITS = (
    tuv("en-GB", A[0]) + tuv("en-US", B[0]),
    tuv("en-US", B[1]),
    tuv("en-GB", A[1]),
    tuv("en-GB", " ") + tuv("en-US", ""),
)
READ = [([A[0]], [B[0]]), ([], [B[1]]), ([A[1]], [])]

XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en-GB"
  trgLang="en-US"><file id="f"><group id="g"><unit id="1">
  <segment><source>{0}</source><target>{1}</target></segment>
  <ignorable><source> </source></ignorable>
  <segment><source/><target>{2}</target></segment></unit></group>
  <unit id="2"><segment><source>{3}</source></segment></unit></file></xliff>"""
XLIFF_1 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file
  source-language="en-GB" target-language="en-US" original="x" datatype="plaintext"><body>
  <group><trans-unit id="1"><source>{0}</source><target>{1}</target>
  <alt-trans><source>not this</source><target>nor this</target></alt-trans></trans-unit></group>
  <trans-unit id="2"><source/><target>{2}</target></trans-unit>
  <trans-unit id="3"><source>{3}</source></trans-unit></body></file></xliff>"""
SEGMENTED = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file
  source-language="en-GB" target-language="en-US"><body><trans-unit id="1"><source>{0} {3}</source>
  <seg-source><mrk mtype="seg" mid="1">{0}</mrk> <mrk mtype="seg" mid="3">{3}</mrk></seg-source>
  <target><mrk mtype="seg" mid="1">{1}</mrk> <mrk mtype="seg" mid="2">{2}</mrk></target>
  </trans-unit></body></file></xliff>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.tmx", tmx(*UNITS)),
        ("x.TMX", tmx(*UNITS, srclang="EN-gb").encode("utf-8-sig")),
        ("utf16.tmx", tmx(*UNITS).replace("UTF-8", "UTF-16").encode("utf-16")),
        ("all.tmx", tmx(*UNITS, srclang="*all*")),
        ("doctype.tmx", tmx(*UNITS, head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')),
        ("old.tmx", tmx(*UNITS).replace("xml:lang", "lang")),
        ("x.xlf", XLIFF_2.format(A[0], B[0], B[1], A[1])),
        ("x.xliff", XLIFF_1.format(A[0], B[0], B[1], A[1])),
        ("x.tsv", f"{A[0]}\t{B[0]}\n\t{B[1]}\n{A[1]}\t\n\n"),
        ("crlf.tsv", f"{A[0]}\t{B[0]}\r\n\t{B[1]}\r\n{A[1]}\t\r\n"),
        ("head.tsv", f"id\tB\tA\n1\t{B[0]}\t{A[0]}\n2\t{B[1]}\t\n3\t\t{A[1]}\n"),
    ],
)
def test_every_form_is_read(name: str, text: str | bytes, tmp_path: Path) -> None:
    both = read(tmp_path, name, text)
    assert texts(both) == READ
    assert both.a.presplit
    assert both.a.source.endswith(name)


def test_segments_of_xliff_1_go_by_their_names(tmp_path: Path) -> None:
    both = read(tmp_path, "x.xlf", SEGMENTED.format(A[0], B[0], B[1], A[1]))
    assert texts(both) == [([A[0]], [B[0]]), ([A[1]], []), ([], [B[1]])]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.tmx",
            tmx(
                tuv("en-GB", 'He <bpt i="1">&lt;b></bpt><hi>left</hi><ept i="1">x</ept><ph>y</ph>.')
                + tuv("en-US", "He <!-- no -->went<?x y?> &amp; came.")
            ),
        ),
        (
            "x.xlf",
            XLIFF_2.format(
                'He <pc id="1">left</pc><ph id="2"/>.',
                'He <mrk id="m">went</mrk> &amp; came.',
                "",
                "",
            ),
        ),
        (
            "x.xliff",
            XLIFF_1.format(
                'He <g id="1">left</g><bpt id="2">x</bpt>.',
                'He went <x id="3"/>&#38; came.',
                "",
                "",
            ),
        ),
    ],
)  # fmt: skip
def test_inline_code_is_left_out_and_what_it_holds_together_stays(
    name: str, text: str, tmp_path: Path
) -> None:
    assert texts(read(tmp_path, name, text)) == [(["He left."], ["He went & came."])]


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    source = 'a<cp hex="001b"/>b<cp hex="fffffff"/><cp hex="no"/>'
    both = read(tmp_path, "x.xlf", XLIFF_2.format(source, "c", "", ""))
    assert both.a.text == "a\x1bb\ufffd\ufffd"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('"No," he said.', '"No," he said.'),
        ('"No."', '"No."'),
        ('"""No,"" he said."', '"No," he said.'),
        ('He said: "No."', 'He said: "No."'),
        ("=1+1", "=1+1"),
        ("'=1+1", "'=1+1"),
    ],
)
def test_quotation_marks_of_a_table(cell: str, expected: str, tmp_path: Path) -> None:
    both = read(tmp_path, "x.tsv", f"{cell}\tHe left.\n")
    assert both.a.text == expected


# The sides -------------------------------------------------------------------------------------

THREE = tmx(tuv("en-GB", "One.") + tuv("en-US", "Two.") + tuv("de", "Drei."))


def test_languages_are_chosen(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"3 languages \(de, en-US, en-GB\).*--a-lang and --b-lang"
    ):
        read(tmp_path, "x.tmx", THREE)
    both = read(tmp_path, "x.tmx", THREE, a_lang="EN-us", b_lang="de")
    assert (both.a.text, both.b.text) == ("Two.", "Drei.")
    with pytest.raises(InputError, match="no language fr for B; it has de, en-US, en-GB"):
        read(tmp_path, "x.tmx", THREE, a_lang="de", b_lang="fr")
    with pytest.raises(InputError, match="both to be de"):
        read(tmp_path, "x.tmx", THREE, a_lang="de", b_lang="de")


@pytest.mark.parametrize(("name", "text"), [
    ("x.tmx", tmx(tuv("en-GB", "One.") + tuv("en-US", "Two."))),
    ("x.xlf", XLIFF_2.format("One.", "Two.", "", "")),
])  # fmt: skip
def test_one_language_chosen_leaves_the_other(name: str, text: str, tmp_path: Path) -> None:
    both = read(tmp_path, name, text, a_lang="en-US")
    assert (both.a.text, both.b.text) == ("Two.", "One.")
    assert both.a.label == f"{name} en-US"
    both = read(tmp_path, name, text, b_lang="en-US")
    assert (both.a.text, both.b.text) == ("One.", "Two.")


def test_the_language_of_the_header_is_a(tmp_path: Path) -> None:
    text = tmx(tuv("en-GB", "One.") + tuv("en-US", "Two."), srclang="en-US")
    assert read(tmp_path, "x.tmx", text).a.text == "Two."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.tmx", tmx(tuv("en", "One.") + tuv("en", "Two."), tuv("EN", "Three."))),
        ("x.xlf", XLIFF_2.replace("en-GB", "en-US").format("One.", "Two.", "", "Three.")),
    ],
)
def test_two_texts_in_one_language_go_by_their_order(name: str, text: str, tmp_path: Path) -> None:
    if name == "x.tmx":
        text = text.replace('"EN"', '"en"')
    assert texts(read(tmp_path, name, text)) == [(["One."], ["Two."]), (["Three."], [])]


def test_of_two_variants_in_one_language_the_first_counts(tmp_path: Path) -> None:
    text = tmx(tuv("en-GB", "One.") + tuv("en-US", "Two.") + tuv("en-US", "Three."))
    assert texts(read(tmp_path, "x.tmx", text)) == [(["One."], ["Two."])]


@pytest.mark.parametrize("name", ["x.tmx", "x.xlf"])
def test_other_languages_are_refused_unless_named(name: str, tmp_path: Path) -> None:
    unit = tuv("en-GB", "One.") + tuv("de-AT", "Zwei.")
    text = tmx(unit) if name == "x.tmx" else XLIFF_2.format("One.", "Zwei.", "", "")
    text = text.replace("en-US", "de-AT")
    with pytest.raises(InputError, match="is in de-AT, and only English is compared"):
        read(tmp_path, name, text)
    assert read(tmp_path, name, text, a_lang="en-GB", b_lang="de-AT").b.text == "Zwei."


def test_labels_and_days_come_from_the_file_unless_given(tmp_path: Path) -> None:
    base = comparison()
    day = dt.date(2021, 10, 20)
    article = dataclasses.replace(base.b.article, label="Théirs <b>", date=day)
    result = dataclasses.replace(base, b=dataclasses.replace(base.b, article=article))
    for form, name in (("tmx", "x.tmx"), ("xliff", "x.xlf")):
        path = tmp_path / name
        path.write_bytes(FORMATS[form].data(result))
        both = read_bitext(path)
        assert (both.a.label, both.a.date) == ("A", None)
        assert (both.b.label, both.b.date, both.b.date_source) == ("Théirs <b>", day, "given")
        turned = read_bitext(path, a_lang="en-x-b")
        assert (turned.a.label, turned.a.date, turned.b.label) == ("Théirs <b>", day, "A")
        given_ = read_bitext(path, Config(b_label="Ours", b_date=dt.date(2020, 1, 1)))
        assert (given_.b.label, given_.b.date) == ("Ours", dt.date(2020, 1, 1))


# There and back --------------------------------------------------------------------------------


line = st.text(max_size=6).map(lambda text: " ".join(f"He said {text}.".split()))


@st.composite
def aligned(draw: st.DrawFn) -> Comparison:
    """Sentences of any words in any groups, in any order."""
    lines = st.tuples(line, line, line, line)
    base = comparison(draw(lines), draw(lines))
    held = [draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)) for _ in "ab"]
    groups = []
    for number in range(4):
        a, b = (
            tuple(s for s, group in zip(document, numbers, strict=True) if group == number)
            for document, numbers in zip((base.a, base.b), held, strict=True)
        )
        if a or b:
            groups.append(Group(a, b, 1.0, group_id=f"g{number:03}"))
    return dataclasses.replace(base, groups=tuple(groups))


@pytest.mark.parametrize(("form", "ending"), [("tmx", "tmx"), ("xliff", "xlf")])
@settings(deadline=None)
@given(aligned())
def test_what_is_written_is_read_back(
    form: str, ending: str, tmp_path_factory: pytest.TempPathFactory, result: Comparison
) -> None:
    path = tmp_path_factory.mktemp("x") / f"x.{ending}"
    path.write_bytes(FORMATS[form].data(result))
    both = read_bitext(path)
    # XML has no control characters: they come back as their pictures.
    expected = [
        ([storable_xml(t) for t in a], [storable_xml(t) for t in b]) for a, b in grouped(result)
    ]
    assert texts(both) == expected
    for article, document in ((both.a, result.a), (both.b, result.b)):
        read_again = segment(article)
        assert [s.text for s in read_again] == [storable_xml(s.text) for s in document]
        assert [s.role for s in read_again] == [s.role for s in document]


@pytest.mark.parametrize(
    "spans", ["0:4", "0:99", "9:4 5:10", "0:4 2:10", "x", "0:4 5:8", "0:00000000000000004 5:10"]
)
def test_places_that_do_not_fit_do_not_count(spans: str, tmp_path: Path) -> None:
    prop = f'<prop type="x-spans">{spans}</prop><prop type="x-sentences">1 2</prop>'
    both = read(tmp_path, "x.tmx", tmx(tuv("en-GB", "One. Two.3", prop) + tuv("en-US", "One.")))
    assert texts(both) == [(["One. Two.3"], ["One."])]


def test_the_given_alignment_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    both = compare_pairs()
    path.write_bytes(FORMATS["tmx"].data(both))
    again = read_bitext(path)
    result = compare_articles(again.a, again.b, Config(force=True), given=again.groups)
    assert grouped(result) == grouped(both)
    linked = [g for g in result.groups if g.linked]
    assert [(g.score, g.corrected) for g in linked] == [(1.0, False), (1.0, False)]
    assert sum(g.moved for g in linked) == 1
    assert "the alignment is that of the file" in result.run.notes[0]


def compare_pairs() -> Comparison:
    from compare.read import article_from_sentences

    a, b = (article_from_sentences(lines, label=n) for lines, n in ((A, "A"), (B, "B")))
    return compare_articles(a, b, Config(force=True), given=GIVEN)


# What cannot be read ---------------------------------------------------------------------------

BOMB = "<!DOCTYPE tmx [" + '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {y} "{f"&{x};" * 20}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.tmx", tmx(tuv("en-GB", "&i;") + tuv("en-US", "x"), head=BOMB), "declares entities"),
        ("x.tmx", tmx(tuv("&i;", "x") + tuv("en", "x"), head=BOMB), "declares entities|well-fo"),
        (
            "x.tmx",
            tmx(
                tuv("en-GB", "&x;") + tuv("en-US", "x"),
                head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "secret.txt">]>',
            ),
            "declares entities",
        ),
        (
            "x.tmx",
            tmx(
                tuv("en-GB", "x") + tuv("en-US", "x"),
                head='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "secret.txt"> %x;]>',
            ),
            "declares entities",
        ),
        (
            "x.tmx",
            tmx(tuv("en-GB", "&x;") + tuv("en-US", "x"), head='<!DOCTYPE tmx SYSTEM "secret.dtd">'),
            "names an entity that it does not hold|well-formed",
        ),
        ("x.tmx", tmx(tuv("en-GB", "&nbsp;") + tuv("en-US", "x")), "well-formed"),
        ("x.tmx", "<tmx>" + "<p>" * 5000 + "</p>" * 5000 + "</tmx>", "well-formed"),
        ("x.tmx", "<tmx><body>" + "<tu/>" * 500_000 + "</body></tmx>", "more than 500,000"),
        ("x.tmx", "<tmx><body>", "well-formed"),
        ("x.tmx", "no XML", "well-formed"),
        ("x.tmx", "", "well-formed"),
        ("x.tmx", "<html/>", "no TMX file"),
        ("x.xlf", "<tmx/>", "no XLIFF file"),
        ("x.tmx", "<tmx/>", "0 languages"),
        ("x.tmx", tmx(tuv("en-GB", "One.") + tuv("en-US", "")), "no sentence of B"),
        ("x.tmx", tmx(tuv("en-GB", "One.")), "no sentence of B"),
        ("x.xlf", '<xliff version="2.0" srcLang="en"/>', "does not name the languages"),
        ("x.xlf", '<xliff version="1.2"/>', "does not name the languages"),
        ("x.tsv", "a line\n", "line 1: 1 columns"),
        ("x.tsv", "a\tb\nx\ty\tz\n", "line 2: 3 columns"),
        ("x.tsv", "x\ty\tz\n", "line 1: 3 columns"),
        ("x.tsv", "a\tb\n", "no sentence of A"),
        ("x.tsv", "", "empty"),
        ("x.tsv", b"\x00\x01\x02\x03" * 9, "binary"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(
    name: str, text: str | bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for secret in ("secret.txt", "secret.dtd"):
        Path(secret).write_text('<!ENTITY x "secret words">', "utf-8")
    start = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        read(Path(), name, text)
    assert "secret words" not in str(caught.value)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("name", ["x.tmx", "x.xlf", "x.xliff", "x.tsv"])
@settings(deadline=None)
@given(
    st.binary(max_size=200) | st.text(st.sampled_from('<>/tmxuvseg "=&;!?[]\t\na1:'), max_size=200)
)
def test_nothing_but_an_input_error_comes_of_any_bytes(
    name: str, tmp_path_factory: pytest.TempPathFactory, data: bytes | str
) -> None:
    try:
        both = read(tmp_path_factory.mktemp("x"), name, data)
    except InputError:
        return
    assert both.groups


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("One two three.\tOne two.\n" * 9, "utf-8")
    with pytest.raises(InputError, match="--max-chars"):
        read_bitext(tmp_path / "x.tsv", Config(max_chars=100))


# The command -----------------------------------------------------------------------------------


def test_the_command_takes_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.tsv"
    rows = zip(A[:2], (B[1], B[0]), strict=True)
    path.write_text("a\tb\n" + "".join(f"{a}\t{b}\n" for a, b in rows), "utf-8")
    out = tmp_path / "runs" / "one"
    code = main(["run", str(path), "-o", str(out), "--a-label", "Ours", "-q", "--force"])
    assert code == ExitCode.OK, capsys.readouterr().err
    record = json.loads((out / "comparison.json").read_text("utf-8"))
    assert [(g["a"], g["b"]) for g in record["groups"]] == [([0], [0]), ([1], [1])]
    assert (record["a"]["label"], record["b"]["label"]) == ("Ours", "x.tsv b")
    assert (out / "a.txt").read_text("utf-8") == "\n".join(A[:2])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.txt"], "B is missing"),
        (["-"], "B is missing"),
        (["x.tmx", "--links", "l.json"], "aligned already"),
        (["x.tmx", "--sentences"], "aligned already"),
        (["x.tmx", "y.txt"], "give it alone"),
        (["y.txt", "x.XLF"], "give it alone"),
        (["a.txt", "b.txt", "--a-lang", "en"], "--a-lang and --b-lang are for one file"),
    ],
)
def test_what_does_not_go_together_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *arguments]) == ExitCode.USAGE
    assert said in capsys.readouterr().err
