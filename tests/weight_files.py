"""Weights that tests make up, and a server to fetch them from."""

import hashlib
import http.server
import json
import struct
import threading
from contextlib import contextmanager

from layerforge.scoring.catalogue import PublishedHead


def made_up_head(content=b"weights", url="http://127.0.0.1:9/head.pth"):
    return PublishedHead(
        file="head.pth",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        encoder="x/y",
        dim=4,
        licence="MIT",
        url=url,
    )


def write_encoder(path, encoder, *, layers=None, cut=0):
    """A safetensors file with the names and shapes of a CLIP, but only a few bytes of data."""
    tokens = (encoder.image_px // encoder.patch_px) ** 2 + 1
    shapes = {
        "visual.conv1.weight": (encoder.width, 3, encoder.patch_px, encoder.patch_px),
        "visual.positional_embedding": (tokens, encoder.width),
        "visual.proj": (encoder.width, encoder.dim),
    }
    for layer in range(encoder.layers if layers is None else layers):
        shapes[f"visual.transformer.resblocks.{layer}.ln_1.weight"] = (encoder.width,)
    header = {"__metadata__": {"format": "pt"}}
    for name, shape in shapes.items():
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [0, 64]}
    text = json.dumps(header).encode()
    data = struct.pack("<Q", len(text)) + text + bytes(64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data[: len(data) - cut])
    return path


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        content = self.server.content
        self.server.ranges.append(self.headers.get("Range"))
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/head.pth")
            self.send_header("X-Linked-ETag", f'"{self.server.linked}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path != "/head.pth":
            self.send_error(404)
            return
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if self.headers.get("If-Range", self.server.etag) != self.server.etag:
            start = 0
        if start >= len(content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if self.server.etag:
            self.send_header("ETag", self.server.etag)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content[start : self.server.stop_at])
        self.close_connection = True

    def log_message(self, *_):
        pass


@contextmanager
def serving(content=b"weights"):
    """A server of our own; it has ``content``, and stops after ``stop_at`` bytes of it."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.content, server.stop_at, server.ranges, server.linked = content, None, [], ""
        server.etag = ""
        server.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
