import hashlib
import http.server
import json
import struct
import subprocess
import sys
import threading
import time
from dataclasses import replace

import huggingface_hub.constants
import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import download, weights
from layerforge.scoring.download import FetchFailed
from layerforge.scoring.heads import HEADS, PublishedHead
from layerforge.scoring.weights import (
    ENCODERS,
    PRESETS,
    WeightsBroken,
    WeightsMissing,
    check_encoder,
    fetch,
    find,
    import_file,
    missing,
    require,
    safetensors_shapes,
)

FAST = PRESETS["fast"]
SMALL, SMALL_HEAD = FAST.items


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty models folder and an empty Hugging Face cache."""
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "models"


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


class Handler(http.server.BaseHTTPRequestHandler):
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
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content[start : self.server.stop_at])
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.content, server.stop_at, server.ranges, server.linked = b"weights", None, [], ""
        server.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_importing_is_cheap_and_needs_no_torch():
    code = (
        "import sys, layerforge.scoring.weights as w; w.missing(w.PRESETS['fast']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'open_clip')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_catalogue_fits_together():
    names = {encoder.name for encoder in ENCODERS}
    assert all(head.encoder in names for head in HEADS)
    assert all(
        head.encoder == pairing.encoder.name
        for preset in PRESETS.values()
        for pairing in preset.pairings
        for head in pairing.heads
    )
    assert all(len(head.sha256) == 64 for head in HEADS)
    assert len({item.file for item in (*ENCODERS, *HEADS)}) == len(ENCODERS) + len(HEADS)


def test_the_catalogue_says_what_open_clip_says():
    open_clip = pytest.importorskip("open_clip")
    for encoder in ENCODERS:
        pretrained = open_clip.get_pretrained_cfg(encoder.model, encoder.tag)
        assert pretrained["hf_hub"] == encoder.repository + "/"
        config = open_clip.get_model_config(encoder.model)
        vision = config["vision_cfg"]
        assert config["quick_gelu"]
        assert config["embed_dim"] == encoder.dim
        assert vision["image_size"] == encoder.image_px
        assert vision["patch_size"] == encoder.patch_px
        assert (vision["width"], vision["layers"]) == (encoder.width, encoder.layers)


def test_missing_weights_fail_at_once_with_one_line_that_helps():
    start = time.monotonic()
    with pytest.raises(WeightsMissing) as caught:
        require(FAST)
    assert time.monotonic() - start < 5
    line = str(caught.value)
    assert "layerforge models fetch" in line
    assert "layerforge models import FILE" in line
    assert SMALL.name in line
    assert SMALL_HEAD.name in line
    assert "\n" not in line
    assert missing(FAST) == FAST.items


def test_our_folder_comes_before_the_hub_cache(folder, tmp_path):
    snapshot = tmp_path / "hub" / "models--timm--vit_base_patch32_clip_224.openai"
    commit = "a" * 40
    cached = write_encoder(snapshot / "snapshots" / commit / "open_clip_model.safetensors", SMALL)
    (snapshot / "refs").mkdir()
    (snapshot / "refs" / "main").write_text(commit)
    assert find(SMALL) == cached
    own = write_encoder(folder / SMALL.file, SMALL)
    assert find(SMALL) == own
    assert missing(FAST) == (SMALL_HEAD,)


def test_an_encoder_is_imported_by_its_shapes(folder, tmp_path):
    for encoder in ENCODERS:
        path = write_encoder(tmp_path / "downloads" / "model.safetensors", encoder)
        assert import_file(path) == encoder
        check_encoder(encoder, folder / encoder.file)
    assert len(list(folder.iterdir())) == len(ENCODERS)


def test_other_encoders_are_refused(folder, tmp_path):
    other = write_encoder(tmp_path / "b.safetensors", SMALL, layers=11)
    larger = write_encoder(tmp_path / "c.safetensors", replace(ENCODERS[2], image_px=336))
    for path in (other, larger):
        with pytest.raises(WeightsBroken, match="other shapes"):
            import_file(path)
    with pytest.raises(WeightsBroken, match="does not hold"):
        check_encoder(ENCODERS[1], write_encoder(tmp_path / "d.safetensors", ENCODERS[0]))
    assert not folder.exists()


@pytest.mark.parametrize("cut", [1, 64, 100, 100_000])
def test_a_truncated_encoder_is_refused(folder, tmp_path, cut):
    path = write_encoder(tmp_path / "model.safetensors", SMALL, cut=cut)
    with pytest.raises(WeightsBroken, match="damaged"):
        import_file(path)
    assert not folder.exists()


@pytest.mark.parametrize(
    "header", [b"{", b"[]", b'{"a": 1}', b'{"a": {"shape": [1]}}', b"\xff\xff"]
)
def test_a_damaged_header_is_refused(tmp_path, header):
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(WeightsBroken, match="damaged"):
        safetensors_shapes(path)


def test_a_head_is_imported_by_its_hash(folder, tmp_path, monkeypatch):
    head = made_up_head()
    monkeypatch.setattr(weights, "HEADS", (head,))
    path = tmp_path / "any name.bin"
    path.write_bytes(b"weights")
    assert import_file(path) == head
    assert find(head) == folder / "head.pth"
    path.write_bytes(b"weighty")
    with pytest.raises(WeightsBroken, match="no published head"):
        import_file(path)
    with pytest.raises(WeightsBroken, match="no file"):
        import_file(tmp_path / "none")


def test_fetching_a_head(server, folder):
    head = made_up_head(url=server.url + "head.pth")
    seen = []
    path = fetch(head, progress=lambda done, total: seen.append((done, total)))
    assert path == folder / "head.pth"
    assert path.read_bytes() == b"weights"
    assert seen == [(7, 7)]
    assert fetch(head) == path
    assert len(server.ranges) == 1


def test_a_fetched_file_with_the_wrong_hash_is_not_kept(server, folder):
    server.content = b"changed"
    with pytest.raises(FetchFailed, match="SHA-256"):
        fetch(made_up_head(url=server.url + "head.pth"))
    assert not [path for path in folder.iterdir() if not path.name.endswith(".lock")]


def test_a_transfer_that_broke_off_goes_on(server, folder):
    head = made_up_head(url=server.url + "head.pth")
    server.stop_at = 3
    with pytest.raises(FetchFailed):
        fetch(head)
    assert find(head) is None
    assert (folder / "head.pth.part").read_bytes() == b"wei"
    server.stop_at = None
    assert fetch(head).read_bytes() == b"weights"
    assert server.ranges == [None, "bytes=3-"]


def test_the_hash_a_hub_states_while_redirecting_is_checked(server, tmp_path):
    target = tmp_path / "file"
    server.linked = "0" * 64
    with pytest.raises(FetchFailed, match="SHA-256"):
        download.download(server.url + "redirect", target)
    assert not target.exists()
    server.linked = hashlib.sha256(b"weights").hexdigest()
    download.download(server.url + "redirect", target)
    assert target.read_bytes() == b"weights"


def test_a_fetched_encoder_must_be_one(server, folder, monkeypatch):
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "head.pth")
    with pytest.raises(WeightsBroken):
        fetch(SMALL)
    assert find(SMALL) is None
    server.content = write_encoder(folder / "made", SMALL).read_bytes()
    assert fetch(SMALL) == folder / SMALL.file


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:9/head.pth", "no network"),
        ("http://nowhere.invalid/head.pth", "no network"),
        ("file:///etc/hostname", "only http"),
    ],
)
def test_what_cannot_be_fetched_is_noticed_at_once(url, message):
    start = time.monotonic()
    with pytest.raises(FetchFailed, match=message) as caught:
        fetch(made_up_head(url=url))
    assert time.monotonic() - start < 5
    assert "\n" not in str(caught.value)


def test_a_server_without_the_file_is_told(server):
    with pytest.raises(FetchFailed, match="404"):
        fetch(made_up_head(url=server.url + "gone.pth"))


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "blocked").write_text("a file")
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "blocked"))
    with pytest.raises(LayerForgeError, match="cannot write"):
        fetch(made_up_head())
    path = write_encoder(tmp_path / "model.safetensors", SMALL)
    with pytest.raises(LayerForgeError, match="cannot write"):
        import_file(path)


def test_unknown_presets_are_told():
    with pytest.raises(LayerForgeError, match="fast"):
        weights.preset_named("slow")


def test_an_encoder_that_only_open_clip_knows_is_fetched_under_whichever_name(
    server, folder, monkeypatch
):
    pytest.importorskip("open_clip")
    asked = []

    def url(repository, file):
        asked.append((repository, file))
        return server.url + ("gone" if len(asked) == 1 else "head.pth")

    monkeypatch.setattr(huggingface_hub, "hf_hub_url", url)
    like_it = replace(SMALL, model="ViT-B-32", tag="laion2b_s34b_b79k")
    server.content = write_encoder(folder / "made", like_it).read_bytes()
    path = weights.fetch_other(like_it.name)
    assert path == folder / "ViT-B-32--laion2b_s34b_b79k.safetensors"
    assert [file for _, file in asked] == ["open_clip_model.safetensors", "model.safetensors"]
    assert weights.fetch_other(like_it.name) == path
    assert len(asked) == 2


def test_what_comes_for_it_must_be_it(server, folder, monkeypatch):
    pytest.importorskip("open_clip")
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "head.pth")
    server.content = write_encoder(folder / "made", ENCODERS[2]).read_bytes()
    with pytest.raises(WeightsBroken, match="does not hold its weights"):
        weights.fetch_other("ViT-B-32/laion2b_s34b_b79k")
    assert not (folder / "ViT-B-32--laion2b_s34b_b79k.safetensors").exists()


def test_without_safetensors_there_is_a_way_told(server, monkeypatch):
    pytest.importorskip("open_clip")
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "gone")
    with pytest.raises(FetchFailed, match="--clip-model ViT-B-32@FILE"):
        weights.fetch_other("ViT-B-32/laion2b_s34b_b79k")
