"""A page from the web, where the machine has a network; nothing here is used otherwise."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import IO, Any

from compare.errors import InputError

MAX_BYTES = 5 * 2**20
"""Largest page."""
_SECONDS = 20
_AGENT = "variant-compare (reads one article that its user names)"


def fetch(address: str, name: str = "the text", private: bool = False) -> tuple[bytes, str]:
    """A page by its address.

    Args:
        address: with ``http://`` or ``https://``; without either, ``https://`` is taken.
        name: what to call it in an error.
        private: addresses inside this machine or its own network are allowed.

    Returns:
        Its bytes, and a file name that says what they are.

    Raises:
        InputError: there is none, or it cannot be fetched, or is too large.
    """
    address = address.strip()
    if not address:
        raise InputError(f"{name} is missing: give the address of its page")
    if "://" not in address:
        address = f"https://{address}"
    opener = urllib.request.build_opener(_Redirects(private))
    try:
        _check(address, private)
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT})
        with opener.open(request, timeout=_SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
            kind = answer.headers.get_content_type()
    except (OSError, ValueError, HTTPException) as error:
        # An HTTPError's own words have its number, and some run over lines.
        told = error if isinstance(error, urllib.error.HTTPError) else None
        if told:
            told.close()  # it is the answer as well, and holds its socket
        reason = " ".join(str(told or getattr(error, "reason", None) or error).split())
        raise InputError(
            f"cannot fetch {address} ({reason}): save the page and choose the file, or paste its "
            "words"
        ) from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{address} is larger than {MAX_BYTES // 2**20} MB: save the article alone as a file"
        )
    plain = kind in ("text/plain", "text/markdown")
    return data, f"{urllib.parse.urlsplit(address).hostname}{'.txt' if plain else '.html'}"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only where the address itself would have been fetched."""

    def __init__(self, private: bool) -> None:
        self._private = private

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check(newurl, self._private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any
    ) -> Any:
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except (OSError, ValueError):
            fp.close()  # urllib closes the first answer only where it follows the redirect
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _check(address: str, private: bool) -> None:
    """Refuse what is no page of the web: who may open ours must not reach what is behind it."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address begins with http:// or https://")
    if private:
        return
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for *_, place in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global:
            raise ValueError("it lies in a private network")
