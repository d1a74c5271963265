"""Segmentation: tables of hard cases, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.read import article_from_sentences, article_from_text, read_article
from compare.records import Article, Block, Document, Role
from compare.segment import segment, sentence_spans

SEEDS = Path(__file__).parent.parent / "seeds"


def split(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentence_spans(text)]


def body(*paragraphs: str) -> Document:
    """A document of body paragraphs, whatever they look like."""
    blocks, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        blocks.append(Block(start, start + len(paragraph), Role.BODY, number))
        start += len(paragraph) + 2
    return segment(Article("\n\n".join(paragraphs), tuple(blocks), label=""))


def quoted(document: Document) -> list[list[str]]:
    text = document.article.text
    return [[text[a:b] for a, b in s.quotes] for s in document]


# Each case is written with | where a sentence ends.
CASES = [
    # abbreviations
    "Gen. Roh met Dr. A. B. Smith and Mr. Kim in the U.S. in Sept. 2020.| It cost $3.2 million.",
    "Sen. Sanders, Rep. Ro Khanna and Lt. Gen. Park left.| Col. Lee and Prof. Oh stayed.",
    "The week in St. Petersburg will be warm, up to 17°C.| Light rain fell on 200 m.| Kim left.",
    "Envoys of South Korea-U.S. North Korean talks met.| They left.",
    "He went to the U.S.| The talks failed.",
    "The U.S. President said no.| The U.N. Security Council met.",
    "The U.S. Under Secretary of State left.",
    "He works at Apple Inc. and Samsung Electronics Co. Ltd. in Seoul.| They left.",
    "Samsung Electronics Co. Vice Chairman Lee said so.",
    "St. Petersburg beat Moscow 2 vs. 1 on Mt. Fuji.| It rained.",
    "Kim Jr. said so.| He was on Main St.| The shop was closed.",
    "Prices rose, e.g. Oil and gas, i.e. Energy.| They fell.",
    "J. K. Rowling wrote it.| George W. Bush read it.",
    "It is rich in vitamin C.| The fruit is red.",
    "He fought in World War II.| The war ended.",
    # numbers and dates
    "Parliament convenes on Monday, Dec. 7.| The bill is No. 5.| At 7 a.m. Monday he left.",
    "He left at 7 p.m.| She stayed until 9 a.m. KST and slept.",
    "He left at 7 p.m.| Noh told reporters.",
    "In total 1,234.5 tons, 3.5% more, were sold.| In 1990.| Prices fell 0.5 points.",
    "The fair ends on 12. November 2021 in Berlin.| It is free.",
    "The law of 2021. 10. 20. was repealed.| Nobody minded.",
    "1. Kim left the room.| 2. Noh stayed there.",
    # brackets and ellipses
    "He “look[s] forward to talks when [. . .] in Seoul later this week.”| Then he left.",
    "“We tried … to hold on,” he said.| “We failed . . . in the end,” she said.",
    "Well...| The plan failed.",
    "He left…| She stayed.",
    "(He left.| She stayed.)| Next came Kim.",
    "Kim (he is 50. He left early) said so.| He slept.",
    "Kim (?) said so.| He slept.",
    "He played (mocking?) Jerry Maguire.| He won (or did he?).| He slept.",
    "He said so. (Yonhap)| Then he left.",
    "The rate rose.[12]| Then it fell. [3]| It rose again.",
    # quotations
    "“To reach this we will seek talks.| This includes tensions,” he added.| DPRK is an acronym.",
    '"It went well," he said.| "We will win."',
    "He said, “Go.| Stay.”| “Never,” she said.| “No!”| He left.",
    'He said, "We can discuss the North."| I expected it.',
    "\"There was a will saying, 'Sprinkle me.'\"| He left.",
    "“What?” he asked.| “Go!” Kim said.| “I will go.” Kim said.",
    "“What now?”| Kim said the talks were off and left the building at once.",
    "„Das ist gut.“| Er ging.| «C'est bon.»| Il partit.| »So.«| Sie kam.",
    'He said so.”| “We go.”| She left. ”| They came.| He said.| " We go. "| They went.',
    "''We go.''| He left.",
    "He said so.”|She left.",
    # no space, no full stop, other scripts
    "We told our allies.|This was new.",
    "See Booking.com or Amazon.Com and Node.JS for it.| It works.",
    "他说。|他走了！|Yes？|No.",
    "그는 갔다.| 그녀도 갔다.",
    "He left; She stayed: They went.",
    "no full stop at all and no capital",
    "a text without capitals.| it is split at the stops, e.g. here.| so it is.",
    "Is it so?| Yes!| It is.",
]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    expected = [part.strip() for part in case.split("|")]
    assert split(case.replace("|", "")) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["They “won. We lost,” he said."], [["won."], ["We lost,"]]),
        (
            ["The boys' game was 'the boys' best. Ever.' It's on."],
            [["the boys' best."], ["Ever."], []],
        ),
        (["It's ’90s rock 'n' roll, the US’ best and the girls' too."], [[]]),
        (["He said 'no' and “yes, 'maybe' so”."], [["no", "yes, 'maybe' so"]]),
        (["„Das ist gut“, sagt er. «C'est bon», dit-il. »So«, ”så” « a b »"],
         [["Das ist gut"], ["C'est bon"], ["So", "så", "a b"]]),
        (['He is 6\'2" tall and "fine" now.'], [["fine"]]),
        (["He ''said so'' to ‘us’."], [["said so", "us"]]),
        # one opened with a curly mark and closed with a straight one, as in the seeds
        (['“The US is open." He left.'], [["The US is open."], []]),
        # over paragraphs: an opening mark on each, a closing one on the last
        (["“We go. We come.", "“We stay,” he said."], [["We go."], ["We come."], ["We stay,"]]),
        # never closed: to the end of the sentence
        (["He said “we go. They left.", "Nobody came."], [["we go."], [], []]),
        (['He said "we go. They "left" it.'], [["we go."], ["left"]]),
        # speech between dashes
        (["- It is safe, we think - says the engineer."], [["It is safe, we think"]]),
        (["- A list item - not a speech: three points."], [[]]),
        (["A stray ” mark. Nothing else."], [[], []]),
    ],
)  # fmt: skip
def test_quotes(paragraphs: list[str], expected: list[list[str]]) -> None:
    assert quoted(body(*paragraphs)) == expected


def test_a_quotation_over_given_sentences() -> None:
    document = segment(article_from_sentences(["He said, “We go.", "We stay.”", "She left."]))
    assert quoted(document) == [["We go."], ["We stay."], []]


def test_given_sentences_stay_whole() -> None:
    given_sentences = ["One. Two. Three.", "four", "“Five", "***"]
    document = segment(article_from_sentences(given_sentences))
    assert [s.text for s in document] == given_sentences
    assert [s.index for s in document] == [0, 1, 2, 3]


def test_wrapped_lines_are_read_as_one() -> None:
    text = (
        "The envoy said on Monday that he hoped to see the talks go on before\n"
        "the end of the year. He plans to visit the capital this weekend and\n"
        "will meet Gen. Roh, who leads the delegation of the other country in\n"
        "these talks.\n\nThe talks have been on hold for months."
    )
    document = segment(article_from_text(text))
    assert [s.paragraph for s in document] == [0, 0, 1]
    assert [s.text.split()[0] for s in document] == ["The", "He", "The"]
    assert document.sentences[0].text == text[: text.index(" He plans")]


def test_the_seeds() -> None:
    a = segment(read_article(SEEDS / "000_18cad00e3ca33a26.txt"))
    assert [s.role.value for s in a][:3] == ["headline", "subtitle", "body"]
    assert len([s for s in a if s.role is Role.BODY]) == 24
    b = segment(read_article(SEEDS / "001_c42710c7a8b3ba40.txt"))
    assert {s.role for s in b} == {Role.BODY}
    assert len(b) == 17
    inside = [s for s in b if s.text.startswith("We are open to meetings")]
    assert [b.article.text[x:y] for s in inside for x, y in s.quotes] == [
        "We are open to meetings without preconditions."
    ]


def check(document: Document) -> None:
    """What every document holds to."""
    text = document.article.text
    position = 0
    for index, s in enumerate(document):
        assert s.index == index
        assert s.text == text[s.start : s.end]
        assert s.text == s.text.strip() != ""
        assert s.start >= position
        position = s.end
        for start, end in s.quotes:
            assert s.start <= start < end <= s.end
    held = {i for s in document for i in range(s.start, s.end)}
    for block in document.article.blocks:
        if block.role.compared:
            assert {i for i in range(block.start, block.end) if not text[i].isspace()} <= held
        else:
            assert held.isdisjoint(range(block.start, block.end))


PIECES = st.sampled_from(
    [
        *("a", "A", "b c", "Kim", "said", "The", " ", "  ", "\n", "\n\n", ".", ". ", ".\n", "..."),
        *(
            "…",
            "!",
            "? ",
            ",",
            " — ",
            '"',
            "“",
            "”",
            "'",
            "’",
            "‘",
            "(",
            ")",
            "[. . .]",
            "「",
            "。",
        ),
        *(
            "Gen.",
            "U.S.",
            "a.m.",
            "No. 5",
            "Sept.",
            "3.2",
            "12.",
            "A. B.",
            "Inc.",
            "(Yonhap)",
            "[1]",
        ),
        *("\t", "\u200b", "\u2028", "\x00", "\x1f", "\ufeff", "ﬁ", "한글", "«", "»", "``", "''"),
        *("“We go.” ", "he said. ", '"We go," '),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_lossless_and_ordered(text: str) -> None:
    try:
        document = segment(article_from_text(text))
    except CompareError:
        return
    check(document)
    assert len(document) > 0


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_spans_partition_a_paragraph(text: str) -> None:
    spans = sentence_spans(text)
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(spans))
    if any(c.isalnum() for c in text):  # no sentence is punctuation only
        assert all(any(c.isalnum() for c in text[a:b]) for a, b in spans)


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=8))
@settings(deadline=None)
def test_given_sentences_keep_their_number(sentences: list[str]) -> None:
    try:
        document = segment(article_from_sentences(sentences))
    except CompareError:
        return
    assert len(document) == len(sentences)


@pytest.mark.parametrize(
    "unit", ["a ", "他", ".", "(", "( ", '"', "'", ". ", "A. ", "[a. B ", "“a. "]
)
def test_long_monotonous_text_loses_nothing(unit: str) -> None:
    """Its time is linear too; benchmarks/segment.py shows it."""
    text = unit * (20_000 // len(unit))
    spans = sentence_spans(text)
    assert (spans[0].start, spans[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(spans))
