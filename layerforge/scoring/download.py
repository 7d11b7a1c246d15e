"""Fetch one file: offline is noticed at once, a break resumes, and nothing half-done is kept."""

from __future__ import annotations

import errno
import hashlib
import http.client
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from layerforge.model.errors import LayerForgeError

Progress = Callable[[int, int | None], None]
"""Called with the bytes so far and the bytes in all (None where the server does not say)."""

OFFLINE_AFTER_S = 4.0
_STALL_S = 20.0
_CHUNK_BYTES = 1 << 18
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FetchFailed(LayerForgeError):
    """A download did not come through; what was already there is untouched."""


class NotThere(FetchFailed):
    """The server has no such file."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects and keeps the SHA-256 that model hubs state before redirecting."""

    linked_sha256: str | None = None

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        stated = (headers.get("X-Linked-ETag") or "").strip('"')
        if _SHA256.fullmatch(stated):
            self.linked_sha256 = stated
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def download(
    url: str,
    target: Path,
    *,
    sha256: str | None = None,
    check: Callable[[Path], None] | None = None,
    progress: Progress | None = None,
) -> str | None:
    """Fetch ``url`` (http or https) to ``target``; returns the SHA-256 it was found to have.

    None where nobody stated one.

    The file grows as ``target`` + ``.part`` and gets its name only when it is whole: its SHA-256
    is ``sha256`` (or what the hub states, if it does) and ``check`` did not raise.  A transfer
    that broke off goes on from there at the next call, unless the server has another file by now:
    by its ETag, which is kept beside it as ``.part.etag``.

    Raises FetchFailed; within about 5 s where there is no network.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise FetchFailed(f"only http and https addresses can be fetched, got {url}")
    _demand_network(url)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stated = _transfer(url, part, progress=progress)
        wanted = sha256 or stated
        _verify(part, sha256=wanted, check=check)
        part.replace(target)
        _tag(part).unlink(missing_ok=True)
    except urllib.error.HTTPError as error:
        failure = NotThere if error.code == http.client.NOT_FOUND else FetchFailed
        raise failure(f"cannot fetch {target.name}: {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise FetchFailed(f"cannot fetch {target.name}: {error.reason}") from error
    except http.client.HTTPException as error:
        raise FetchFailed(f"cannot fetch {target.name}: broken answer ({error!r})") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _drop(part)  # what does not fit must not fill the disk either
            raise FetchFailed(
                f"cannot fetch {target.name}: the disk of {target.parent} is full"
            ) from error
        raise FetchFailed(f"cannot fetch {target.name}: {error.strerror or error}") from error
    return wanted


def _transfer(url: str, part: Path, *, progress: Progress | None) -> str | None:
    """Append the rest of ``url`` to ``part``; returns the SHA-256 the hub states, if it does."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "layerforge"})  # noqa: S310
    if have:
        request.add_header("Range", f"bytes={have}-")
        if _tag(part).is_file():
            request.add_header("If-Range", _tag(part).read_text("utf-8"))
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    try:
        answer = opener.open(request, timeout=_STALL_S)
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE or not have:
            raise
        if error.headers.get("Content-Range", "").replace(" ", "") == f"bytes*/{have}":
            return redirects.linked_sha256  # all of it is here already
        _drop(part)  # it is no beginning of what the server has
        return _transfer(url, part, progress=progress)
    with answer:
        if answer.status != http.client.PARTIAL_CONTENT:
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length is not None else None
        if not have:
            _remember_tag(part, answer.headers.get("ETag", ""))
        with part.open("ab" if have else "wb") as out:
            while block := answer.read(_CHUNK_BYTES):
                out.write(block)
                have += len(block)
                if progress is not None:
                    progress(have, total)
    if total is not None and have != total:
        raise FetchFailed(
            f"the transfer of {part.stem} broke off after {have} of {total} bytes: "
            "run it again to go on"
        )
    return redirects.linked_sha256


def _tag(part: Path) -> Path:
    return part.with_name(f"{part.name}.etag")


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag(part).unlink(missing_ok=True)


def _remember_tag(part: Path, etag: str) -> None:
    """Keep a strong ETag; a weak one may stand for other bytes (RFC 9110, 13.1.5)."""
    if etag.startswith('"') and etag.isascii() and etag.isprintable():
        _tag(part).write_text(etag, "utf-8")
    else:
        _tag(part).unlink(missing_ok=True)


def _verify(part: Path, *, sha256: str | None, check: Callable[[Path], None] | None) -> None:
    """Raise, and remove ``part``, unless it is what it must be."""
    try:
        if sha256 is not None:
            with part.open("rb") as file:
                got = hashlib.file_digest(file, "sha256").hexdigest()
            if got != sha256:
                raise FetchFailed(
                    f"{part.stem} came with SHA-256 {got[:12]}…, must be {sha256[:12]}…: not kept"
                )
        if check is not None:
            check(part)
    except LayerForgeError:
        _drop(part)
        raise


def _demand_network(url: str) -> None:
    """Raise FetchFailed unless the server, or the proxy before it, takes a connection in time.

    urllib's own time limit counts anew for every address a name has.
    """
    goal = urlsplit(url)
    host = goal.hostname or ""
    proxy = urllib.request.getproxies().get(goal.scheme)
    if proxy and not urllib.request.proxy_bypass(host):
        goal = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    port = goal.port or {"https": 443}.get(goal.scheme, 80)
    deadline = time.monotonic() + OFFLINE_AFTER_S
    reason: OSError | None = None
    try:
        for family, kind, protocol, address in _addresses(goal.hostname or "", port):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                with socket.socket(family, kind, protocol) as probe:
                    probe.settimeout(min(left, OFFLINE_AFTER_S / 2))
                    probe.connect(address)
                    return
            except OSError as error:
                reason = error
    except OSError as error:
        reason = error
    raise FetchFailed(
        f"no network: {host} does not answer; with the file from elsewhere, use: "
        "layerforge models import FILE"
    ) from reason


_Address = tuple[socket.AddressFamily, socket.SocketKind, int, Any]


def _addresses(host: str, port: int) -> list[_Address]:
    """The addresses of ``host``.  Raises OSError, within the time limit.

    A name server that does not answer holds the system's look-up for half a minute and more, and
    nothing can end it: it goes on in a thread that is left behind.
    """
    found: list[_Address] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend((family, kind, number, to) for family, kind, number, _, to in answers)
        except OSError as error:
            failed.append(error)

    asking = threading.Thread(target=look_up, name="layerforge-name", daemon=True)
    asking.start()
    asking.join(OFFLINE_AFTER_S)
    if asking.is_alive():
        raise TimeoutError(f"no name server answers for {host}")
    if failed:
        raise failed[0]
    return found
