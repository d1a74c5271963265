"""A page by its address: from a server of the tests' own, and never from behind it."""

from __future__ import annotations

import contextlib
import gc
import http.server
import threading
import warnings
from collections.abc import Iterator

import pytest

from compare import fetch as fetching
from compare.errors import InputError
from compare.fetch import fetch

PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>Hello.</p>"),
    "/plain": (200, {"Content-Type": "text/plain"}, b"Hello."),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 400),
    "/gone": (404, {}, b""),
    "/moved": (302, {"Location": "/page"}, b""),
    "/inside": (302, {"Location": "http://192.168.0.1/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/odd": (302, {"Location": "http://[/"}, b""),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "data", "name"),
    [
        ("/page", b"<p>Hello.</p>", "127.0.0.1.html"),
        ("/moved", b"<p>Hello.</p>", "127.0.0.1.html"),
        ("/plain", b"Hello.", "127.0.0.1.txt"),
    ],
)
def test_a_page_comes_with_a_name_that_says_what_it_is(
    address: str, path: str, data: bytes, name: str
) -> None:
    assert fetch(address + path, private=True) == (data, name)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/gone", "404"), ("/file", "http"), ("/round", "redirect"), ("/odd", "/odd")],
)
def test_a_page_that_cannot_be_fetched_says_why(address: str, path: str, reason: str) -> None:
    with pytest.raises(InputError, match=r"cannot fetch .*: save the page") as error:
        fetch(address + path, private=True)
    assert reason in str(error.value)


@pytest.mark.parametrize("path", ["/gone", "/file", "/round", "/odd", "/inside"])
def test_an_answer_that_is_not_used_is_closed(
    address: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if path == "/inside":
        first_is_public(monkeypatch)
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        with contextlib.suppress(InputError):
            fetch(address + path, private=path != "/inside")
        gc.collect()
    assert [str(w.message) for w in told if "socket" in str(w.message)] == []


def test_a_page_that_is_too_large(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 399)
    with pytest.raises(InputError, match="larger"):
        fetch(f"{address}/large", private=True)
    monkeypatch.setattr(fetching, "MAX_BYTES", 400)
    assert len(fetch(f"{address}/large", private=True)[0]) == 400


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "127.0.0.1:8501",
        "http://localhost:8501/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0x7f.1/",
    ],
)
def test_nothing_behind_the_server_is_fetched(address: str) -> None:
    with pytest.raises(InputError, match="private network"):
        fetch(address)


def first_is_public(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first address is taken for a public one; the next is looked at again."""
    real, asked = fetching._check, []

    def check(place: str, private: bool) -> None:
        asked.append(place)
        real(place, private or len(asked) == 1)

    monkeypatch.setattr(fetching, "_check", check)
    return asked


def test_a_redirect_does_not_lead_behind_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = first_is_public(monkeypatch)
    with pytest.raises(InputError, match="private network"):
        fetch(f"{address}/inside")
    assert asked == [f"{address}/inside", "http://192.168.0.1/"]


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/x", "file:///etc/passwd", "http://", "javascript://x", "http://["],
)
def test_what_is_no_address_of_a_page(address: str) -> None:
    with pytest.raises(InputError, match="cannot fetch"):
        fetch(address)


def test_no_address() -> None:
    with pytest.raises(InputError, match="Text A is missing"):
        fetch("  ", "Text A")
