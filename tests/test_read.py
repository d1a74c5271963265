"""Reading: formats, encodings, what lines are, dates, and input that cannot be used."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError, ExitCode, InputError
from compare.layout import find_date, lay_out
from compare.read import (
    article_from_bytes,
    article_from_sentences,
    article_from_text,
    read_article,
)
from compare.records import Article, Role

SEEDS = Path(__file__).parent.parent / "seeds"
TOP = "Minister dies at 84"
FIRST = "The former minister died on Tuesday at his home in the west of the city."
SECOND = "He was buried on Saturday, and his colleagues remembered him in a service."


def roles(article: Article) -> list[tuple[str, str]]:
    return [(b.role.value, article.text[b.start : b.end]) for b in article.blocks]


def role_of(line: str, *, place: str) -> str:
    """The role of a line above, between or below the sentences of a body."""
    parts = {
        "top": (TOP, line, FIRST, SECOND),
        "between": (TOP, FIRST, line, SECOND),
        "below": (TOP, FIRST, SECOND, line),
        "alone": (line, FIRST, SECOND),
    }[place]
    article = article_from_text("\n\n".join(parts))
    wanted = article.text.index(line)
    return next(b.role.value for b in article.blocks if b.start == wanted)


# What lines are ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Posted on : 2021-10-20 17:18 KST Modified on : 2021-10-20 17:39 KST", "date"),
        ("March 6, 2022", "date"),
        ("Sunday, 6 March 2022, 14:05 GMT+1", "date"),
        ("Reiwa 3/11/12 19:40", "date"),
        ("2021.10.20 17:18", "date"),
        ("Input 2021.10.20. 5:18 p.m. Correction 2021.10.21.", "date"),
        ("Published: 12th November 2021 | Updated 3 hours ago", "date"),
        ("2020-07-14 20:30 Source: Qianzhong Morning News Editor in charge: Fu Lei", "date"),
        ("TOKYO, Nov. 12, 2021", "dateline"),
        ("CADIZ, Spain", "dateline"),
        ("Bremen, 14.11.2013, 14:12 o'clock", "dateline"),
        ("Khartoum - 5 Jumada al-Ula 1437 AH corresponding to 14 February 2016 AD", "dateline"),
        ("By Karin Duval and T. R. Imanishi", "byline"),
        ("By Hwang Joon-bum, staff reporter", "byline"),
        ("Kim Min-su, Tokyo correspondent", "byline"),
        ("Reporter Hong Gil-dong hong@example.com", "byline"),
        ("(Busan = Reporter Ha Dong-geon)", "byline"),
        ("From our correspondent in Brest", "byline"),
        ("Reuters", "byline"),
        ("(Photo = Yonhap News)", "caption"),
        ("Photo: The minister in 1997.", "caption"),
        ("[Photo provided by the Ministry of Trade]", "caption"),
        ("Photo by Kim Hong-Ji", "caption"),
        ("(Video source: YouTube)", "caption"),
        ("The minister (left) and his wife pose for a photo on Aug. 23. (Yonhap News)", "caption"),
        ("The minister speaks at the ministry in Sejong on Tuesday. (AP Photo)", "caption"),
        ("In this photo released by the ministry, the minister waves to a crowd.", "caption"),
        ("This obituary follows a long illness that he kept from the public", "subtitle"),
        ("Share on Facebook | Tweet | Print", "boilerplate"),
        ("3 min read", "boilerplate"),
        ("* * *", "boilerplate"),
    ],
)  # fmt: skip
def test_lines_above_the_body(line: str, role: str) -> None:
    assert role_of(line, place="top") == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("By Oh Se-jin, staff reporter", "byline"),
        ("(Reporting by Anna Lee; Editing by Tom Ray)", "byline"),
        ("(Photo = Yonhap News)", "caption"),
        ("(Yonhap)", "caption"),
        ("Please direct questions or comments to []", "boilerplate"),
        (
            "button that move to original korean article (클릭시 원문으로 이동하는 버튼)",
            "boilerplate",
        ),
        ("View original article", "boilerplate"),
        ("Copyright ⓒ The Daily. All rights reserved.", "boilerplate"),
        ("Copyright 2019 The Daily", "boilerplate"),
        ("This material may not be published or redistributed without permission.", "boilerplate"),
        ("<Copyright (c) Yonhap News Agency, unauthorized reproduction prohibited>", "boilerplate"),
        ("This article was machine-translated and may contain errors.", "boilerplate"),
        ("Subscribe to our newsletter.", "boilerplate"),
        ("Read more", "boilerplate"),
        ("Click here to read the Korean version.", "boilerplate"),
        ("https://www.example.com/news/1", "boilerplate"),
        ("About us | Contact | Privacy | Terms of use", "boilerplate"),
        ("2019-05-14 15:02", "date"),
        ("Related stories", "related"),
        ("Most viewed articles", "related"),
        ("[Related Articles]", "related"),
        ("Keywords: minister, obituary", "related"),
    ],
)
def test_lines_below_the_body(line: str, role: str) -> None:
    assert role_of(line, place="below") == role


BODY = [
    "He was 84.",
    "“We pray,” it said.",
    "No comment.",
    "Not so in Seoul.",
    "By Monday, the talks had resumed.",
    "By the end of the day all of them had left the building",
    "On March 6, 2022, the team moved to the top.",
    "In 2021 he left.",
    "Photos of the missile were shown on state television.",
    "Photo by photo, the analysts went through the drone's pictures.",
    "The two leaders posed for a photo, then left for the talks.",
    "The economy is seen growing by 2 percent next year. (Yonhap)",
    "Kim left (center) stage on Monday.",
    "The tax relief is limited (a credit of $200).",
    "Related charges were dropped in May.",
    "The most viewed article of the year was his.",
    "Copyright law does not cover it, the court said.",
    "The unauthorized reproduction of banknotes is prohibited in the country.",
    "The editor of the paper, Kim, resigned.",
    "Register offices were closed on Monday.",
    "Share prices fell by 3 percent.",
    "Subscribe, he told them, and they did.",
    "Links to the group were found at the scene.",
    "Read more books, she told the children at the school.",
    "Source: the ministry refused to name one.",
    "Reporter Kim asked him about the plan.",
    "Seoul, Oct. 19 was the place and the day.",
    "The deal, reported by AP, is off.",
    "Next year",
    "What happens next",
    "클릭시 원문으로 이동합니다.",
    "She said this article was translated badly.",
    "TOKYO was calm.",
    "(c) if they violate a duty that arises out of their office;",
]


@pytest.mark.parametrize("place", ["between", "below"])
@pytest.mark.parametrize("line", BODY)
def test_body_is_never_lost(line: str, place: str) -> None:
    assert role_of(line, place=place) == "body"


@pytest.mark.parametrize("line", [line for line in BODY if line.endswith(".") and " " in line])
def test_a_first_sentence_is_compared(line: str) -> None:
    assert Role(role_of(line, place="alone")).compared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a text that begins with its body has no headline
        (f"{FIRST}\n\n{SECOND}", ["body", "body"]),
        (f"{FIRST}", ["body"]),
        ("Kim left the room", ["body"]),
        # one line break is enough
        (f"{TOP}\n{FIRST}\n{SECOND}", ["headline", "body", "body"]),
        (f"{TOP}\nMarch 6, 2022\nBy Kim Min-su\n{FIRST}", ["headline", "date", "byline", "body"]),
        (f"Politics\n{TOP}\n\nA standfirst without a full stop here\n\n{FIRST}",
         ["boilerplate", "headline", "subtitle", "body"]),
        (f"March 6, 2022\n{TOP}\n\n{FIRST}", ["date", "headline", "body"]),
        (f"Will Kim return?\n\nBy Oh Se-jin\n\n{FIRST}", ["headline", "byline", "body"]),
        (f"Kim arrives in U.S.\n\n{FIRST}", ["headline", "body"]),
        (f"Kim arrives in Seoul.\nPosted on: 2019-05-14\n\n{FIRST}", ["headline", "date", "body"]),
        # headlines that sound like page furniture
        (f"Latest missile test fails, Seoul says\n\n{FIRST}", ["headline", "body"]),
        (f"Writing by hand improves memory\n\n{FIRST}", ["headline", "body"]),
        (f"Kim and Moon shake hands\n\n{FIRST}", ["headline", "body"]),
        # a caption that stands twice
        (f"{TOP}\n\nThe minister at work in 1997\nThe minister at work in 1997\n\n{FIRST}",
         ["headline", "caption", "caption", "body"]),
        # link lists end with the next sentence
        (f"{TOP}\n\n{FIRST}\n\nRelated stories\nMoon visits Busan\nWhy is Kim back?\n\n{SECOND}",
         ["headline", "body", "related", "related", "related", "body"]),
        # Markdown
        (f"# {TOP}\n\n{FIRST}\n\n## The end\n\n> {SECOND}",
         ["boilerplate", "headline", "body", "boilerplate", "body", "boilerplate", "body"]),
        (f"---\ntitle: {TOP}\ndate: 2019-05-14\ntags: x\n---\n{FIRST}",
         ["boilerplate", "boilerplate", "headline", "date", "boilerplate", "boilerplate", "body"]),
        # nothing but furniture: all of it is compared
        ("Related stories", ["body"]),
    ],
)  # fmt: skip
def test_whole_articles(text: str, expected: list[str]) -> None:
    assert [b.role.value for b in lay_out(text)] == expected


@pytest.mark.parametrize(
    "prefix",
    [
        "WASHINGTON —",
        "SEOUL (AP) —",
        "SEOUL, Oct. 19 (Yonhap) --",
        "ST. PETERSBURG, Russia (AP) –",
        "TOKYO, Nov. 12, 2021 -",
        "Moscow, 12 November (TASS):",
        "BERLIN (dpa) -",
        "(Seoul=Yonhap News) Reporter Kim Min-su =",
        "Xinhua News Agency, Beijing, November 12 (Reporter Wang Li)",
    ],
)
def test_dateline_before_the_first_sentence(prefix: str) -> None:
    article = article_from_text(f"{TOP}\n\n{prefix} {FIRST}\n\n{SECOND}")
    assert roles(article) == [
        ("headline", TOP),
        ("dateline", prefix),
        ("body", FIRST),
        ("body", SECOND),
    ]
    assert article.blocks[1].paragraph == article.blocks[2].paragraph == 1


@pytest.mark.parametrize(
    "line",
    ["NATO — the alliance — said no.", "Kim — a minister — died.", "Talks: Kim said yes to them."],
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert [b.role.value for b in lay_out(f"{line}\n\n{SECOND}")] == ["body", "body"]


def test_the_seeds() -> None:
    a = read_article(SEEDS / "000_18cad00e3ca33a26.txt")
    assert [b.role.value for b in a.blocks if not b.role.compared] == [
        "date", "caption", "caption", "byline", "boilerplate", "boilerplate", "related", "related",
    ]  # fmt: skip
    assert (a.date, a.date_source) == (dt.date(2021, 10, 20), "text")
    assert (a.label, a.encoding) == ("000_18cad00e3ca33a26.txt", "utf-8")
    b = read_article(SEEDS / "001_c42710c7a8b3ba40.txt", label="MT", date=dt.date(2021, 10, 20))
    assert [x.role.value for x in b.blocks] == ["body"] * 15 + ["caption"]
    assert (b.date, b.date_source, b.label) == (dt.date(2021, 10, 20), "given", "MT")


def test_hard_wrapped_lines_are_one_block() -> None:
    wrapped = (
        "The envoy said on Monday that he hoped to see the talks go on before\n"
        "the end of the year. He plans to visit the capital this weekend and\n"
        "will meet the general, who leads the delegation of the country in\n"
        "these talks."
    )
    article = article_from_text(f"{TOP}\nMarch 6, 2022\n\n{wrapped}\n\n{wrapped}")
    # A paragraph that stands twice is no caption: both stay, for the reader to see.
    assert [b.role.value for b in article.blocks] == ["headline", "date", "body", "body"]
    assert article.text[article.blocks[2].start : article.blocks[2].end] == wrapped


def test_lines_of_a_list_stay_apart() -> None:
    text = f"{FIRST}\n{SECOND}\nA third one is short.\nThe fourth is a little longer than that."
    assert len(lay_out(text)) == 4


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Posted on : 2021-10-20 17:18 KST", "2021-10-20"),
        ("2021-10-20T17:18:00+09:00", "2021-10-20"),
        ("2021.10.20 17:18", "2021-10-20"),
        ("2021. 10. 20.", "2021-10-20"),
        ("2021/10/20", "2021-10-20"),
        ("2021年10月20日 17:18", "2021-10-20"),
        ("2021년 10월 20일", "2021-10-20"),
        ("Oct. 20, 2021", "2021-10-20"),
        ("Wednesday, October 20th, 2021", "2021-10-20"),
        ("20 October 2021", "2021-10-20"),
        ("20th of October 2021", "2021-10-20"),
        ("20. Oktober 2021", "2021-10-20"),
        ("20 de octubre de 2021", "2021-10-20"),
        ("20.10.2021, 14:12", "2021-10-20"),
        ("20/10/2021", "2021-10-20"),
        ("10/20/2021", "2021-10-20"),
        ("20-Oct-2021", "2021-10-20"),
        ("2021 October 20", "2021-10-20"),
        ("Reiwa 3/11/12 19:40", "2021-11-12"),
        ("November 12, Reiwa 3", "2021-11-12"),
        ("令和3年11月12日", "2021-11-12"),
        ("Heisei 31.4.30", "2019-04-30"),
        ("Reiwa Gannen 5/1", "2019-05-01"),
        ("Modified on 2021-10-21, posted on 2021-10-20", "2021-10-20"),
        ("Updated 2021-10-21", "2021-10-21"),
        ("03/06/2022", None),
        ("2021-13-40", None),
        ("Oct. 20", None),
        ("call 2021-10-2021", None),
        ("", None),
    ],
)
def test_dates(line: str, date: str | None) -> None:
    assert find_date(line) == (dt.date.fromisoformat(date) if date else None)


def test_a_date_in_the_body_is_not_the_articles() -> None:
    article = article_from_text(f"{TOP}\n\nOn March 6, 2022, he left. {FIRST}")
    assert (article.date, article.date_source) == (None, "")


# Text as read -----------------------------------------------------------------------------------


def test_only_newlines_change() -> None:
    text = "Kim\u00a0left  early.\r\n\r\nHe\tslept.\rShe \x00stayed\u2028on.\ufeff\n"
    article = article_from_text(text)
    assert article.text == "Kim\u00a0left  early.\n\nHe\tslept.\nShe \x00stayed\u2028on.\ufeff\n"


def test_half_a_surrogate_pair_keeps_the_offsets() -> None:
    article = article_from_text("Kim \ud800left.")
    assert article.text == "Kim \ufffdleft."
    article.text.encode()


TYPICAL = "Kim’s “plan” is to visit Seoul this weekend, he said on Monday – after a pause."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TYPICAL, "utf-8"),
        (TYPICAL + " 東京", "utf-8-sig"),
        (TYPICAL, "utf-16"),
        (TYPICAL, "utf-16-le"),
        (TYPICAL, "utf-16-be"),
        (TYPICAL, "utf-32"),
        ("Kim said 東京 on Monday.", "iso2022_jp"),
        (TYPICAL + " José Muñoz of São Paulo met Björn Ångström. It cost €5.", "cp1252"),
        ("José said it was fine.", "cp1252"),
        ("Škoda, Dvořák, Čapek and Łukasz Kaczyński met in Győr.", "cp1250"),
        ("Erdoğan said İstanbul is the place.", "cp1254"),
        ("The president, Путин, said that the plan was on. Москва", "cp1251"),
        ("‘Yes,’ he said. “We go.” That was all he said about it.", "cp949"),
        ("The talks resumed. (서울=연합뉴스) 클릭시 원문으로 이동하는 버튼", "cp949"),
        ("Moon Jae-in (文在寅) said “so”.", "cp949"),
        ("Prime Minister Kishida 岸田文雄首相は said that he would go. 東京", "cp932"),
        ("Prime Minister Kishida 岸田文雄首相は said that he would go. 東京", "euc_jp"),
        ("President Xi 习近平主席 said “yes” to the plan. 北京", "gb18030"),
        ("President Tsai 蔡英文總統 said “yes” to the plan. 臺北", "big5"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    article = article_from_bytes(text.encode(encoding), "a.txt")
    assert article.text == text


def test_hash_is_of_the_bytes() -> None:
    one, two = (article_from_bytes(t.encode(), "a.txt") for t in ("A b.\n", "A b.\r\n"))
    assert one.text == two.text
    assert one.sha256 != two.sha256


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Kim left.\r\n")))
    article = read_article("-")
    assert (article.text, article.source, article.label) == ("Kim left.\n", "-", "standard input")


def test_one_sentence_per_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kim left. He slept.\nBy Oh Se-jin\n\n  She stayed.\n", encoding="utf-8")
    article = read_article(path, sentences=True)
    assert article.presplit
    assert roles(article) == [
        ("body", "Kim left. He slept."),
        ("body", "By Oh Se-jin"),
        ("body", "She stayed."),
    ]
    assert [b.paragraph for b in article.blocks] == [0, 0, 1]


def test_given_sentences() -> None:
    article = article_from_sentences(["One.", " Two. ", "Three\nfour."])
    assert article.text == "One.\n Two. \nThree\nfour."
    assert roles(article) == [("body", "One."), ("body", "Two."), ("body", "Three\nfour.")]
    with pytest.raises(InputError, match="sentence 1"):
        article_from_sentences(["One.", " "])
    with pytest.raises(InputError, match="no words"):
        article_from_sentences(["..."])


# Pages and documents ----------------------------------------------------------------------------

PAGE = f"""<!doctype html><html><head><meta charset="{{charset}}"><title>{TOP} - The Daily</title>
<meta property="article:published_time" content="2019-05-14T15:02:00+09:00"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{TOP}</h1>
<p>{FIRST} His name: 전일구, “Chun”.</p><script>alert(1)</script><p>{SECOND}</p>
<p>{FIRST}</p></article><footer>Copyright 2019 The Daily</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
def test_html(charset: str) -> None:
    page = PAGE.format(charset=charset).encode("cp949" if charset == "euc-kr" else charset)
    article = article_from_bytes(page, "page.html")
    assert roles(article) == [
        ("headline", TOP),
        ("body", f"{FIRST} His name: 전일구, “Chun”."),
        ("body", SECOND),
        ("body", FIRST),
    ]
    assert (article.date, article.date_source) == (dt.date(2019, 5, 14), "text")


def test_html_without_an_article() -> None:
    with pytest.raises(InputError, match="found no article"):
        article_from_bytes(b"<html><body><img src='x.png'></body></html>", "page.htm")


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style or None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx() -> None:
    data = word_file(
        ("Minister dies at 84.", "Title"), ("By Oh Se-jin", ""), ("", ""), (FIRST, ""),
        ("In the garden", "Caption"), (f"{SECOND}\tHe\nslept.", ""),
    )  # fmt: skip
    article = article_from_bytes(data, "a.docx")
    assert roles(article) == [
        ("headline", "Minister dies at 84."),
        ("byline", "By Oh Se-jin"),
        ("body", FIRST),
        ("caption", "In the garden"),
        ("body", f"{SECOND}\tHe"),
        ("body", "slept."),
    ]


def test_docx_with_tracked_changes_reads_as_accepted() -> None:
    data = word_file(("KEPT", ""))
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = (
        "<w:r><w:t>He </w:t></w:r><w:ins w:id='1' w:author='x'><w:r><w:t>left</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>stayed</w:delText></w:r></w:del>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:r><w:t>KEPT</w:t></w:r>", inner.encode())
                assert w.encode() in content
            new.writestr(name, content)
    assert article_from_bytes(out.getvalue(), "a.docx").text == "He left"


def test_a_packed_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 2**20))
    with pytest.raises(
        InputError, match=r"unpacked is larger than .* it has 68,157,440; .*--max-by"
    ):
        article_from_bytes(out.getvalue(), "a.docx")
    with pytest.raises(InputError, match="no Word document"):
        article_from_bytes(out.getvalue(), "a.docx", max_bytes=2**27)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    "text",
    [
        f"<w:document {W}/>",
        f"<w:document {W}><w:x/></w:document>",
        f"<w:p {W}><w:r><w:t>It rained.</w:t></w:r></w:p>",
        "<document><body><p>It rained.</p></body></document>",
    ],
)
def test_a_word_document_without_a_body_is_refused(text: str) -> None:
    import docx

    sound, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(sound)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    with pytest.raises(InputError, match="is no Word document that can be opened"):
        article_from_bytes(out.getvalue(), "a.docx")


# Input that cannot be used ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt is empty"),
        (b" \n\t", "a.txt", "only whitespace"),
        (b"\xef\xbb\xbf", "a.txt", "only whitespace|no words"),
        (b"... !!", "a.txt", "no words"),
        (b"%PDF-1.7 x", "a.txt", "PDF document"),
        (b"PK\x03\x04abc", "a.txt", "ZIP archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "PNG image"),
        (bytes(range(256)) * 8, "a.bin", "binary"),
        (b"\x00" * 64, "a", "binary"),
        (b"\xff\xfe\x00", "a.txt", "begins like UTF-16"),
        (b"\xc3\x28 \xa0\xff\xfe\x81\x8d\x90\x9d\x80\xff" * 5, "a.txt", "encoding|binary"),
        ("“Damaged – text” … “of a sort” – é".encode() + b"\x93", "a.txt", "damaged.*line 1"),
        (b"plain text", "a.docx", "no Word document"),
        (b"a" * 101, "a.txt", r"101 characters, and the limit is 100.*--max-chars"),
        (b"", "a\x1b[31m\n.txt", "^a\ufffd.31m\ufffd.txt is empty"),
    ],
)
def test_unusable_bytes(data: bytes, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        article_from_bytes(data, name, max_chars=100)
    assert caught.value.exit_code is ExitCode.INPUT


def test_unusable_paths(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(InputError, match="it is a folder"):
        read_article(tmp_path)
    with pytest.raises(InputError, match="cannot read"):
        read_article("a\0b")
    path = tmp_path / "long.txt"
    path.write_text("word " * 100, encoding="utf-8")
    with pytest.raises(InputError, match="too long"):
        read_article(path, max_chars=100)


# What holds for anything ------------------------------------------------------------------------


def check(article: Article) -> None:
    """Every non-whitespace character is in exactly one block, and none holds a blank line."""
    seen = 0
    held: set[int] = set()
    for block in article.blocks:
        assert seen <= block.start < block.end <= len(article.text)
        seen = block.end
        held.update(range(block.start, block.end))
        words = article.text[block.start : block.end]
        assert words == words.strip()
        assert all(line.strip() for line in words.split("\n"))
    assert {i for i, c in enumerate(article.text) if not c.isspace()} <= held
    paragraphs = [b.paragraph for b in article.blocks]
    assert paragraphs == sorted(paragraphs)
    assert "\r" not in article.text
    article.text.encode()


LINES = st.sampled_from(
    [
        *(
            "",
            "",
            FIRST,
            SECOND,
            TOP,
            "Related stories",
            "By Kim",
            "(Photo = AP)",
            "SEOUL (AP) — Kim.",
        ),
        *(
            "# ",
            "> x",
            "---",
            "title: x",
            "2021-10-20",
            "Share",
            "x" * 80,
            "a b " * 20,
            "\x0b",
            "\x85",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(LINES).map("\n".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_laid_out_whole(text: str) -> None:
    try:
        article = article_from_text(text)
    except CompareError:
        return
    check(article)
    assert any(b.role.compared for b in article.blocks)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a", "-", "a\0"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        article = article_from_bytes(data, name)
    except CompareError:
        return
    check(article)


@given(st.text(max_size=100), st.sampled_from(["<p>{}</p>", "<html><h1>{}</h1>", "<a {}>", "{}"]))
@settings(max_examples=60, deadline=None)
def test_any_page_is_read_or_refused(text: str, frame: str) -> None:
    try:
        check(article_from_bytes(frame.format(text).encode("utf-8", "replace"), "a.html"))
    except CompareError:
        return
