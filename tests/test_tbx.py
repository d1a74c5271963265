"""Glossaries as TBX: both editions, what their statuses mean, and hostile files."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from compare.cli import main
from compare.errors import ExitCode, InputError
from compare.glossary import Entry, load

OLD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>House terms</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="c1">
   <descrip type="subjectField">diplomacy</descrip>
   <note>the office is
     Special Representative</note>
   <langSet xml:lang="en-US">
    <tig><term>special representative</term>
     <termNote type="partOfSpeech">noun</termNote>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>special <hi>envoy</hi></term>
     <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
    <ntig><termGrp><term>President Kim</term></termGrp>
     <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></ntig>
    <tig><term>head negotiator</term></tig>
   </langSet>
   <langSet xml:lang="ko">
    <tig><term>대표</term>
     <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
   </langSet>
  </termEntry>
  <termEntry id="c2">
   <langSet xml:lang="de"><tig><term>Gesandter</term></tig></langSet>
   <langSet xml:lang="en"><tig><term>legate</term></tig></langSet>
  </termEntry>
 </body></text>
</martif>
"""
NEW = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader><fileDesc><sourceDesc><p>House terms</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1">
   <langSec xml:lang="en">
    <termSec><term>special representative</term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
     <note>the office is Special Representative</note></termSec>
    <termSec><term>special envoy</term>
     <termNoteGrp><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
     </termNoteGrp></termSec>
    <termSec><term>President Kim</term>
     <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
   </langSec>
   <langSec xml:lang="ko"><termSec><term>대표</term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""
TAGS = NEW.replace('style="dca"', 'style="dct" xmlns:min="http://www.tbxinfo.net/ns/min"')
TAGS = TAGS.replace('<termNote type="administrativeStatus">', "<min:administrativeStatus>").replace(
    "</termNote>", "</min:administrativeStatus>"
)
ENVOY = Entry(
    required=("special representative", "special envoy"),
    forbidden=("President Kim",),
    note="the office is Special Representative",
)


def terms(folder: Path, text: str | bytes, name: str = "terms.tbx") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def concept(*statuses: tuple[str, str], language: str = "en") -> str:
    """A file with one concept: its terms and their statuses."""
    sections = "".join(
        f'<termSec><term>{term}</term><termNote type="administrativeStatus">{status}</termNote>'
        "</termSec>"
        for term, status in statuses
    )
    return (
        f'<tbx><text><body><conceptEntry><langSec xml:lang="{language}">{sections}</langSec>'
        "</conceptEntry></body></text></tbx>"
    )


@pytest.mark.parametrize(
    ("text", "line"), [(OLD, 6), (NEW, 5), (TAGS, 5)], ids=["2008", "2019", "2019 with tags"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_both_editions_are_read(text: str, line: int, encoding: str, tmp_path: Path) -> None:
    data = text.replace("UTF-8", encoding.removesuffix("-sig").upper()).encode(encoding)
    path = terms(tmp_path, data)
    glossary = load([path])
    assert glossary.entries == (replace(ENVOY, line=line, source=str(path)),)
    assert glossary.entries[0].place == f"terms.tbx, line {line}"
    (info,) = glossary.info
    assert (info.source, info.entries) == (str(path), 1)


@pytest.mark.parametrize(
    ("status", "required", "forbidden"),
    [
        ("preferredTerm-admn-sts", True, False),
        ("preferred", True, False),
        (" preferredTerm ", True, False),
        ("admittedTerm-admn-sts", True, False),
        ("standardizedTerm-admin-sts", True, False),
        ("legalTerm-admn-sts", True, False),
        ("regulatedTerm-admn-sts", True, False),
        ("deprecatedTerm-admn-sts", False, True),
        ("superseded-admn-sts", False, True),
        ("proposedTerm-admn-sts", False, False),
    ],
)
def test_what_a_status_means(status: str, required: bool, forbidden: bool, tmp_path: Path) -> None:
    text = concept(("envoy", status), ("legate", "deprecated"))
    (entry,) = load([terms(tmp_path, text)]).entries
    assert ("envoy" in entry.required, "envoy" in entry.forbidden) == (required, forbidden)


@pytest.mark.parametrize("language", ["en", "EN-gb", "en_US", "eng"])
def test_english_of_every_kind_counts(language: str, tmp_path: Path) -> None:
    assert load([terms(tmp_path, concept(("x", "preferred"), language=language))]).entries


def test_what_one_english_prefers_is_not_forbidden_for_the_other(tmp_path: Path) -> None:
    us = concept(("color", "preferred"), ("colour", "deprecated"), language="en-US")
    gb = '</langSec><langSec xml:lang="en-GB"><termSec><term>colour</term>'
    gb += '<termNote type="administrativeStatus">preferred</termNote></termSec></langSec></concept'
    path = terms(tmp_path, us.replace("</langSec></concept", gb))
    (entry,) = load([path]).entries
    assert (entry.required, entry.forbidden) == (("color", "colour"), ())


def test_where_case_alone_parts_two_terms_it_counts(tmp_path: Path) -> None:
    text = concept(("Prosecutor General", "preferred"), ("prosecutor general", "deprecated"))
    (entry,) = load([terms(tmp_path, text)]).entries
    assert entry.case


def test_the_form_is_told_by_the_name_or_the_first_sign(tmp_path: Path) -> None:
    assert load([terms(tmp_path, NEW, "terms.txt")]).entries
    both = [terms(tmp_path, NEW), terms(tmp_path, "forbidden\ntreaty\n", "terms.csv")]
    assert len(load(both).entries) == 2


def test_comments_and_instructions_are_no_words_of_a_term(tmp_path: Path) -> None:
    text = concept(("special <!-- x --><?y z?>envoy", "preferred"), ("", "preferred"))
    (entry,) = load([terms(tmp_path, text)]).entries
    assert entry.required == ("special envoy",)


def test_a_long_note_is_cut(tmp_path: Path) -> None:
    text = concept(("x", "preferred"))
    text = text.replace("</conceptEntry>", f"<note>{'n' * 999}</note></conceptEntry>")
    (entry,) = load([terms(tmp_path, text)]).entries
    assert (len(entry.note), entry.note[-1]) == (200, "…")


BOMB = (
    '<!DOCTYPE tbx [<!ENTITY a0 "x">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    + "]>"
)
INVALID = {
    "empty": (b"", "it is no XML"),
    "cut": (NEW[:-9], "it is no XML"),
    "a page": ("<html><body>x</body></html>", "it begins with <html> and not with <martif>"),
    "no status": (concept(("x", "proposed")), "no English term"),
    "no English": (concept(("x", "preferred"), language="de"), "no English term"),
    "no concepts": ("<tbx/>", "no English term"),
    "unknown status": (concept(("x", "forbidden")), "line 1 has the administrativeStatus 'forbid"),
    "no word": (concept(("—", "preferred")), "line 1 has '—' as a term"),
    "a bomb": (
        BOMB + concept(("&a11;", "preferred")),
        "cannot use the glossary",
    ),
    "a bomb in an attribute": (
        BOMB + '<tbx x="&a11;"/>',
        "cannot use the glossary",
    ),
    "an external entity": (
        '<!DOCTYPE tbx [<!ENTITY e SYSTEM "secret.txt">]>' + concept(("&e;", "preferred")),
        "it uses entities",
    ),
    "an external parameter entity": (
        '<!DOCTYPE tbx [<!ENTITY % e SYSTEM "secret.dtd"> %e;]>' + concept(("x", "preferred")),
        "it uses entities",
    ),
    "an entity in UTF-16": (
        ('<!DOCTYPE tbx [<!ENTITY e "x">]>' + concept(("&e;", "preferred"))).encode("utf-16"),
        "it uses entities",
    ),
    "an entity of a DTD elsewhere": (
        '<!DOCTYPE tbx SYSTEM "secret.dtd">' + concept(("&e;", "preferred")),
        "it uses entities",
    ),
    "deep": ("<tbx>" + "<x>" * 100_000, "it is no XML"),
    "large": (
        b"<tbx>" + b" " * 2**26,
        "is larger than 67,108,864 bytes, the limit: it has 67,108,869;",
    ),
    "not UTF-8": (b"<tbx>\xff</tbx>", "it is no XML"),
    "a NUL": (b"<tbx>\x00</tbx>", "it is no XML"),
}


@pytest.mark.parametrize("case", INVALID)
def test_what_cannot_be_used_is_refused_at_once(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("a secret", "utf-8")
    (tmp_path / "secret.dtd").write_text('<!ENTITY e "a secret">', "utf-8")
    text, said = INVALID[case]
    path = terms(tmp_path, text)
    begun = time.process_time()
    with pytest.raises(InputError) as caught:
        load([path])
    assert time.process_time() - begun < 2
    assert said in str(caught.value)
    assert "secret" not in str(caught.value).replace("secret.", "")
    assert len(str(caught.value)) < 500


def test_a_rendering_cannot_be_both(tmp_path: Path) -> None:
    one = concept(("envoy", "preferred"), ("legate", "deprecated"))
    two = terms(tmp_path, concept(("envoy", "deprecated")), "two.tbx")
    with pytest.raises(InputError, match=r"terms.tbx, line 1; two.tbx, line 1"):
        load([terms(tmp_path, one), two])


def test_a_run_breaks_the_house_style(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    terms(tmp_path, OLD)
    for name, who in (("a.txt", "The special envoy"), ("b.txt", "President Kim")):
        Path(name).write_text(f"{who} met ministers in Oslo on Monday.\n", "utf-8")
    run = ["run", "a.txt", "b.txt", "-q", "--select", "term", "--format", "json"]
    assert main([*run, "--glossary", "terms.tbx"]) == ExitCode.OK
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["severity"], finding["likely_side"]) == ("major", "b")
    assert "(terms.tbx, line 6)" in finding["message"]
    assert "the office is Special Representative" in finding["message"]
