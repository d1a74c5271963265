"""Which articles of two folders tell one story."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest

from compare import stories
from compare.cli import main
from compare.embed import packaged_encoder
from compare.errors import InputError, UsageError
from compare.manifest import read_manifest
from compare.pipeline import pair_name
from compare.read import article_from_text, read_article
from compare.stories import Proposal, Story, propose, story

A = {
    "harbour": (
        "Harbour of Vallsund closed after tanker leak\n\n"
        "The harbour of Vallsund was closed on Friday after the tanker Marit Berg lost "
        "340 tons of oil. Its captain, Olav Strand, was questioned by police.\n\n"
        "Divers found a tear of two metres in the hull."
    ),
    "minister": (
        "Finance minister Paredes resigns\n\n"
        "Finance Minister Lucia Paredes stepped down on Tuesday, a day after a court in "
        "San Telmo opened an inquiry into 12 contracts. She denied any wrongdoing.\n\n"
        "President Ortega accepted the resignation."
    ),
    "final": (
        "Dinamo Kresna win the cup\n\n"
        "Dinamo Kresna beat Lokomotiv 3-1 on Sunday and won the cup for the first time "
        "since 1987. Goran Pavlic scored twice.\n\n"
        "The coach, Ivo Maric, wept."
    ),
    "summit": (
        "Envoys meet in Seoul\n\n"
        "Nuclear envoy Noh Kyu-duk met his Japanese counterpart Ohtsuka Kenji in Seoul on "
        "Monday. They agreed to meet again in Busan.\n\n"
        "Noh spoke of real progress."
    ),
}
B = {
    "harbour": (
        "Oil spill shuts Norwegian port\n\n"
        "About 340 tonnes of oil leaked from the ship Marit Berg into the port of "
        "Vallsund. Officers interrogated captain Olav Strand.\n\n"
        "The port stays shut until Monday, the mayor said."
    ),
    "minister": (
        "Minister of Finance quits over contracts\n\n"
        "Lucía Paredes, the finance minister, offered her resignation. Judges in San "
        "Telmo are looking into 12 contracts.\n\n"
        "Ortega thanked her."
    ),
    "final": (
        "First trophy in decades for Kresna\n\n"
        "Two goals by Goran Pavlić gave Dinamo Kresna a 3:1 victory over Lokomotiv in the "
        "cup final, the first title since 1987."
    ),
    "summit": (
        "Roh Gyu-deok and Otsuka hold talks\n\n"
        "The chief nuclear negotiator Roh Gyu-deok and Japan's Kenji Otsuka held talks in "
        "Seoul and will continue them in Busan."
    ),
}
OTHERS = {
    "a tanker": (
        "Tanker runs aground near Lisbon\n\n"
        "The tanker Estrela lost 90 tons of oil near Lisbon on Friday. Its captain, Rui "
        "Prado, was questioned by police.\n\n"
        "The coast guard closed a beach."
    ),
    "a minister": (
        "Health minister steps down\n\n"
        "Health Minister Karel Novotny resigned on Tuesday after a court in Brno opened "
        "an inquiry into the purchase of masks."
    ),
    "a final": (
        "Benfica win the cup\n\n"
        "Benfica beat Porto 2-0 on Sunday and won the cup for the second year running. "
        "Rafa Lima scored twice."
    ),
}


def read(text: str, date: dt.date | None = None) -> Story:
    return replace(story(article_from_text(text)), date=date)


def pairs(found: list[Proposal]) -> list[tuple[int, int]]:
    return [(p.a, p.b) for p in found]


def put(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return put(tmp_path / "ours", A), put(tmp_path / "theirs", B | OTHERS)


def test_what_is_kept_of_an_article() -> None:
    body = "\n\n".join(f"Sentence number {i} of Ana Ruiz is not that short." for i in range(9))
    text = f"A tale of Oslo\n\n{body}\n\nIn all, 1,200 people came."
    kept = story(article_from_text(text))
    assert kept.lead[0] == "A tale of Oslo"
    assert len(kept.lead) == stories.LEAD
    assert kept.lead[-1] == "Sentence number 4 of Ana Ruiz is not that short."
    assert "1200" in kept.numbers  # the whole article counts for names and numbers
    assert {" osl", "oslo", " rui"} <= set(kept.names)
    assert " tal" not in kept.names
    assert len(set(kept.names)) == len(kept.names)


def test_stories_are_found_among_others_of_their_kind() -> None:
    a = [read(text) for text in A.values()]
    b = [read(text) for text in [*OTHERS.values(), *B.values()]]
    found = propose(a, b, packaged_encoder())
    assert sorted(pairs(found)) == [(0, 3), (1, 4), (2, 5), (3, 6)]
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_two_collections_may_have_nothing_in_common() -> None:
    a, b = [read(text) for text in A.values()], [read(text) for text in OTHERS.values()]
    assert propose(a, b, packaged_encoder()) == []
    assert propose(a, [], packaged_encoder()) == propose([], b, packaged_encoder()) == []


def test_names_decide_between_the_same_words() -> None:
    twin = B["final"]
    for name, other in (
        ("Dinamo Kresna", "Sparta Tirol"),
        ("Kresna", "Tirol"),
        ("Goran Pavlić", "Jonas Huber"),
        ("Lokomotiv", "Torpedo"),
        ("3:1", "2:0"),
        ("1987", "1962"),
    ):
        twin = twin.replace(name, other)
    b = [B["final"], twin]
    found = propose([read(A["final"])], [read(text) for text in b], packaged_encoder(), 0, True)
    assert pairs(found) == [(0, 0), (0, 1)]
    assert found[0].score > 0.9 > 0.5 > found[1].score


@pytest.mark.parametrize("block", [1, 3])
def test_scores_depend_neither_on_sides_nor_on_blocks(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = (
        [read(text) for text in A.values()],
        [read(text) for text in [*B.values(), *OTHERS.values()]],
    )
    there = propose(a, b, packaged_encoder(), 0, True)
    monkeypatch.setattr(stories, "_BLOCK", block)
    back = propose(b, a, packaged_encoder(), 0, True)
    assert len(there) == len(a) * len(b)
    scores = {(p.b, p.a): p.score for p in back}
    assert {(p.a, p.b): pytest.approx(p.score, abs=1e-4) for p in there} == scores


def test_an_article_is_in_one_pair_or_in_all_that_fit() -> None:
    shorter = A["harbour"].rsplit("\n\n", 1)[0]
    a, b = [read(A["harbour"]), read(shorter)], [read(B["harbour"]), read(OTHERS["a tanker"])]
    assert len(propose(a, b, packaged_encoder())) == 1
    assert sorted(pairs(propose(a, b, packaged_encoder(), every=True))) == [(0, 0), (1, 0)]


def test_proposals_for_one_article_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MOST", 2)
    a, b = [read(A["final"])], [read(text) for text in [*OTHERS.values(), B["final"]]]
    found = propose(a, b, packaged_encoder(), 0, True)
    assert [p.b for p in found] == [3, 2]  # the best ones


@pytest.mark.parametrize(
    ("days", "change"), [(0, 1), (3, 1), (300, -1), (None, 0)], ids=["same day", "near", "far", "-"]
)
def test_days_between_two_articles_count_a_little(days: int | None, change: int) -> None:
    day = dt.date(2021, 10, 20)
    other = None if days is None else day + dt.timedelta(days)
    a, b = A["minister"], B["minister"]
    (plain,) = propose([read(a)], [read(b)], packaged_encoder())
    (dated,) = propose([read(a, day)], [read(b, other)], packaged_encoder())
    assert (dated.score > plain.score) - (dated.score < plain.score) == change
    assert dated.score > 0.8  # a wrong date does not part them


def test_articles_without_names_or_sentences_do_no_harm() -> None:
    empty = replace(read("Rain."), lead=(), names=(), numbers=())
    found = propose(
        [read("It rained. They slept."), empty], [read("Snow fell."), empty], packaged_encoder()
    )
    assert found == []


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_the_manifest_is_read_by_a_batch(
    ending: str, folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = folders
    (b / "final.txt").rename(b / "=2+3.txt")
    (a / "notes.pdf").write_bytes(b"%PDF")
    (a / ".hidden.txt").write_text("Hidden.")
    b.rename(tmp_path / "theirs=")
    (tmp_path / "sub").mkdir()
    for target in (tmp_path / f"pairs{ending}", tmp_path / "theirs=" / f"pairs{ending}"):
        assert main(["match", str(a), str(tmp_path / "theirs="), "-o", str(target)]) == 0
        rows = list(read_manifest(target))
        names = {Path(r.fields["a"]).stem: Path(r.fields["b"]).stem for r in rows}
        assert names == {n: n if n != "final" else "=2+3" for n in A}
        for row in rows:
            assert row.fields["b"][0] not in "=+-@"
            articles = row.article("a"), row.article("b")
            assert row.pair_id == pair_name(*articles)
            assert 0.5 <= float(row.fields["score"]) <= 1
    out = capsys.readouterr()
    assert out.out == ""
    assert "read · match" in out.err


def test_without_a_file_the_manifest_is_printed(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = io.TextIOWrapper(io.BytesIO(), newline="")
    monkeypatch.setattr("sys.stdout", out)
    assert main(["match", "ours", "theirs", "-q"]) == 0
    lines = out.buffer.getvalue().decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "pair_id,a,b,score"
    assert len(lines) == 1 + len(A)
    assert all("ours/" in line and "theirs/" in line for line in lines[1:])


def test_articles_that_are_there_twice_keep_their_names_apart(tmp_path: Path) -> None:
    a = put(tmp_path / "a", {"one": A["final"], "two": A["final"]})
    b = put(tmp_path / "b", {"one": B["final"], "two": B["final"]})
    target = tmp_path / "pairs.csv"
    assert main(["match", str(a), str(b), "--all", "-q", "-o", str(target)]) == 0
    assert len(list(read_manifest(target))) == 4
    assert main(["match", str(a), str(b), "-q", "-o", str(target)]) == 0
    rows = list(read_manifest(target))
    assert [(Path(r.fields["a"]).stem, Path(r.fields["b"]).stem) for r in rows] == [
        ("one", "one"),
        ("two", "two"),
    ]


def test_a_bad_file_is_named_and_passed_over(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = folders
    (a / "bad.txt").write_bytes(bytes(range(256)))
    (a / "empty.md").write_text("")
    (a / "turned\u202e.txt").write_text("A story.")
    target = tmp_path / "pairs.csv"
    assert main(["match", str(a), str(b), "-q", "-o", str(target)]) == 3
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3
    assert all(any(name in line for line in told) for name in ("bad.txt", "empty.md", "rename it"))
    assert len(list(read_manifest(target))) == len(A)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["ours", "ours"], 2, "side by side"),
        (["ours", "ours/in"], 2, "side by side"),
        (["ours", "theirs", "-o", "pairs.xlsx"], 2, "is no manifest"),
        (["ours", "theirs", "-o", "none/pairs.csv"], 4, "cannot write"),
        (["ours", "theirs", "--min-score", "2"], 2, "no number from 0 to 1"),
        (["ours", "missing"], 3, "is no folder"),
        (["ours", "nothing"], 3, "no article"),
    ],
)
def test_what_is_wrong_with_the_command(
    arguments: list[str],
    code: int,
    told: str,
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing").mkdir()
    (tmp_path / "ours" / "in").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert main(["match", *arguments, "-q"]) == code
    assert told in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_seeds_are_one_story(capsys: pytest.CaptureFixture[str]) -> None:
    a, b = (story(read_article(p)) for p in sorted(Path("seeds").glob("*.txt")))
    (found,) = propose([a], [b], packaged_encoder())
    assert found.score > 0.9


def test_errors_are_those_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        stories.read_folder(tmp_path / "none", print)
    with pytest.raises(UsageError):
        stories.check_folders(tmp_path, tmp_path / "in", None)
