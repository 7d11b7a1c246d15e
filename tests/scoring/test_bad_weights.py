"""Weights and disks as they should not be: one clear line, and nothing half-done is left."""

import errno
import http.server
import os
import subprocess
import sys
import threading
import time

import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import catalogue, download
from layerforge.scoring.download import FetchFailed
from layerforge.scoring.fetching import fetch
from layerforge.scoring.taking_in import import_file
from tests.weight_files import made_up_head

CONTENT = os.urandom(3 << 20)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        try:
            self.wfile.write(CONTENT)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def head():
    """A head of 3 MB to be had from a server of our own."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made_up_head(CONTENT, url=f"http://127.0.0.1:{server.server_port}/head.pth")
        server.shutdown()
        thread.join()


def one_line(caught):
    line = str(caught.value)
    assert "\n" not in line
    assert line
    return line


def test_a_disk_that_fills_up_during_a_fetch(head, mounted):
    folder = mounted("size=1m")
    with pytest.raises(FetchFailed, match="full") as caught:
        fetch(head, models_dir=folder)
    assert str(folder) in one_line(caught)
    assert not list(folder.iterdir())


def test_a_disk_that_fills_up_during_an_import(head, mounted, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "HEADS", (head,))
    source = tmp_path / "file"
    source.write_bytes(CONTENT)
    folder = mounted("size=1m")
    with pytest.raises(LayerForgeError, match="No space left") as caught:
        import_file(source, models_dir=folder)
    one_line(caught)
    assert not list(folder.iterdir())


def test_a_cache_folder_that_is_read_only(head, mounted, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "HEADS", (head,))
    source = tmp_path / "file"
    source.write_bytes(CONTENT)
    folder = mounted("size=1m,ro")
    attempts = (
        lambda: fetch(head, models_dir=folder),
        lambda: import_file(source, models_dir=folder),
    )
    for put in attempts:
        with pytest.raises(LayerForgeError, match="cannot write to") as caught:
            put()
        assert str(folder) in one_line(caught)
    assert not list(folder.iterdir())


def test_a_disk_that_fills_up_wherever_one_can_test_it(head, tmp_path, monkeypatch):
    """The same without a small disk: writing fails as a full one does."""

    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, block):
            if self.file.tell() + len(block) > 1 << 20:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return self.file.write(block)

    opened = download.Path.open

    def open_full(path, mode="r", *rest):
        file = opened(path, mode, *rest)
        return Full(file) if path.suffix == ".part" and "b" in mode and mode[0] in "aw" else file

    monkeypatch.setattr(download.Path, "open", open_full)
    with pytest.raises(FetchFailed, match=r"the disk of .* is full") as caught:
        fetch(head, models_dir=tmp_path / "models")
    one_line(caught)
    assert not list((tmp_path / "models").iterdir())


def test_a_name_server_that_never_answers_is_noticed_in_time(monkeypatch, tmp_path):
    over = threading.Event()

    def hang(*_, **__):
        over.wait(30)
        raise OSError("too late")

    monkeypatch.setattr(download.socket, "getaddrinfo", hang)
    start = time.monotonic()
    try:
        with pytest.raises(
            FetchFailed, match=r"no network: host\.example does not answer"
        ) as caught:
            download.download("https://host.example/file", tmp_path / "file")
        assert time.monotonic() - start < 5
        one_line(caught)
    finally:
        over.set()
        for thread in threading.enumerate():
            if thread.name == "layerforge-name":
                thread.join()


def test_a_name_server_that_never_answers_does_not_hold_the_program(tmp_path):
    code = (
        "import socket, time, pathlib, sys\n"
        "socket.getaddrinfo = lambda *_, **__: time.sleep(60)\n"
        "from layerforge.scoring.download import download, FetchFailed\n"
        "try:\n    download('https://host.example/file', pathlib.Path(sys.argv[1]))\n"
        "except FetchFailed as error:\n    print(error)\n"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "file")],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "no network" in done.stdout
    assert done.returncode == 0
    assert time.monotonic() - start < 8  # 4 s of waiting, and starting Python
