"""Names across spellings, orders and romanisation systems."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.names import fold, given_gender, name_tokens, relate, same_token, shared_tokens

SAME = [
    ("Kenzo Arimoto", "Arimoto Kenzo"),
    ("Kim Min-su", "Min-su Kim"),
    ("KIM MIN SU", "Kim Min-su"),
    ("Léonie Kervella", "Leonie Kervella"),
    ("Ingrid Saether", "Ingrid Sæther"),
]
VARIANT = [
    ("Noh Kyu-duk", "Noh Kyu-deok"),
    ("Chun Il-gu", "Jeon Il-gu"),
    ("Rhee Man-ok", "Lee Man-ok"),
    ("Paik Seo-yeon", "Baek Seo-yeon"),
    ("Chung Eui-yong", "Jeong Ui-yong"),
    ("Yūko Ōtsuka", "Ohtsuka Yuko"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
    ("Muhammad al-Masri", "Mohammed el-Masry"),
    ("Suleiman Gaddour", "Sulaiman Qaddour"),
    ("Viktor Orban", "Victor Orbán"),
    ("Filip Djuričić", "Filip Đuričić"),
    ("Abdel Rahman al-Tayeb", "Abdulrahman Al-Tayyib"),
    ("Djoko Soetrisno", "Joko Sutrisno"),
    ("Tjokro Wijaya", "Cokro Widjaja"),
    ("Jusuf Sjahrir", "Yusuf Syahrir"),
    ("Chan Wai-ming", "Chen Weiming"),
    ("Christopher Hui Ching-yu", "Xu Zhengyu"),
    ("Ng Sze-ming", "Wu Siming"),
    ("Wong Siu-fai", "Huang Xiaohui"),
    ("Lau Kin Wah", "Liu Jianhua"),
    ("Lai Chin-hsiung", "Lai Jinxiong"),
    ("Chiang Ching-kuo", "Jiang Jingguo"),
    ("Hung Hsiu-chu", "Xiuzhu Hong"),
    ("Ankit Srivastava", "Ankit Shrivastav"),
    ("Huda Mansour", "Hoda Mansour"),
    ("Mona Saleh", "Muna Salih"),
    ("Rim Haddad", "Reem Hadad"),
    ("Youssef Shahin", "Yusuf Chahine"),
    ("Noureddine Bensalem", "Nur al-Din Ben Salem"),
    ("Mykola Hrynko", "Nikolai Grinko"),
    ("Serhiy Melnyk", "Sergei Melnik"),
    ("Oleksandr Bondar", "Alexander Bondar"),
    ("Pavlo Zhuk", "Pavel Zhuk"),
]
DIFFERENT = [
    ("Kim Jong-un", "Kim Jong-il"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("Jun Kamiya", "Jun Kamitani"),
    ("Lee Min-ho", "Park Min-ho"),
    ("Angela Merkel", "Annalena Baerbock"),
    ("Olga Petrova", "Olga Pavlova"),
    ("Wang Wei", "Zhang Wei"),
    ("Chan Wai-ming", "Chen Weiguang"),
    ("Wong Siu-fai", "Zhang Xiaohui"),
    ("Joko Sutrisno", "Joko Susanto"),
    ("Mira Saleh", "Mara Saleh"),
    ("Sergei Ivanov", "Sergei Ivanenko"),
    ("Claire Hartnell", "Claire Hatnell"),
]


@pytest.mark.parametrize(("x", "y"), SAME)
def test_same(x: str, y: str) -> None:
    assert relate(x, y) == "same"


@pytest.mark.parametrize(("x", "y"), VARIANT)
def test_variant(x: str, y: str) -> None:
    assert relate(x, y) == "variant"


@pytest.mark.parametrize(("x", "y"), DIFFERENT)
def test_different(x: str, y: str) -> None:
    assert relate(x, y) == "different"


@pytest.mark.parametrize(
    ("part", "whole"), [("Kim", "Sung Kim"), ("Roh", "Noh Kyu-deok"), ("S. Kim", "Sung Hyun Kim")]
)
def test_part(part: str, whole: str) -> None:
    assert relate(part, whole) == relate(whole, part) == "part"


def test_shared_tokens_counts_variants() -> None:
    assert shared_tokens("Jun Kamiya", "Kamitani Jun") == 1
    assert shared_tokens("Noh Kyu-duk", "Roh Kyu-deok") == 2


@given(st.text(max_size=30), st.text(max_size=30))
def test_relation_is_symmetric_and_total(x: str, y: str) -> None:
    assert relate(x, y) == relate(y, x)


@given(st.text(max_size=30))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(token == token.casefold() for token in name_tokens(text))


@given(st.text(alphabet="abcdeghijklmnoprstuwyz-", min_size=1, max_size=12))
def test_a_token_is_itself(token: str) -> None:
    assert same_token(token, token)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ingrid Sæther", "f"),
        ("Tokunaga Sayaka", "f"),
        ("Olga Petrova", "f"),
        ("Irina Sokolovskaya", "f"),
        ("Hasan Yildiz", "m"),
        ("Jean-Pierre Roux", None),
        ("Kim Min-ji", None),
        ("Maria", None),
        ("Andrea Rossi", None),
    ],
)
def test_gender_of_a_given_name(name: str, gender: str | None) -> None:
    assert given_gender(name) == gender


def test_no_given_name_is_in_both_lists() -> None:
    data = tomllib.loads((files("compare") / "data" / "given_names.toml").read_text("utf-8"))
    names = [*data["women"].split(), *data["men"].split()]
    assert len(names) == len(set(names))
    assert all(name == fold(name) for name in names)
