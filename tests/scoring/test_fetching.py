import hashlib
import time
from dataclasses import replace

import huggingface_hub
import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring import download
from layerforge.scoring.catalogue import ENCODERS
from layerforge.scoring.checkpoints import WeightsBroken
from layerforge.scoring.download import FetchFailed
from layerforge.scoring.fetching import fetch, fetch_other
from layerforge.scoring.taking_in import import_file
from layerforge.scoring.verified import vouched_for
from layerforge.scoring.weights import find
from tests.weight_files import made_up_head, write_encoder

pytestmark = pytest.mark.usefixtures("folder")
SMALL = ENCODERS[0]


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
    assert not list(folder.iterdir())


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


def test_a_transfer_that_was_whole_already_only_gets_its_name(server, folder):
    head = made_up_head(url=server.url + "head.pth")
    folder.mkdir()
    (folder / "head.pth.part").write_bytes(b"weights")
    assert fetch(head).read_bytes() == b"weights"
    assert server.ranges == ["bytes=7-"]
    assert [one.name for one in folder.iterdir()] == ["head.pth"]


def test_what_is_longer_than_the_servers_file_is_fetched_anew(server, folder):
    folder.mkdir()
    (folder / "head.pth.part").write_bytes(b"weights and more")
    assert fetch(made_up_head(url=server.url + "head.pth")).read_bytes() == b"weights"
    assert server.ranges == ["bytes=16-", None]


def test_another_file_at_the_same_place_is_not_joined_to_the_beginning_of_the_first(server, folder):
    head = made_up_head(url=server.url + "head.pth")
    server.etag, server.stop_at, server.content = '"one"', 3, b"another"
    with pytest.raises(FetchFailed, match="broke off"):
        fetch(head)
    assert (folder / "head.pth.part").read_bytes() == b"ano"
    server.etag, server.stop_at, server.content = '"two"', None, b"weights"
    assert fetch(head).read_bytes() == b"weights"
    assert server.ranges == [None, "bytes=3-"]
    assert [one.name for one in folder.iterdir()] == ["head.pth"]


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
    assert vouched_for(folder / SMALL.file) is None  # this server states no hash


def test_the_hash_a_hub_states_vouches_for_an_encoder(server, folder, monkeypatch):
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "redirect")
    server.content = write_encoder(folder / "made", SMALL).read_bytes()
    server.linked = hashlib.sha256(server.content).hexdigest()
    assert vouched_for(fetch(SMALL)) == "the hub"
    path = fetch_other("ViT-B-32/laion2b_s34b_b79k")
    assert vouched_for(path) == "the hub"
    assert not list(folder.glob(".*"))  # no locks are left


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
    path = fetch_other(like_it.name)
    assert path == folder / "ViT-B-32--laion2b_s34b_b79k.safetensors"
    assert [file for _, file in asked] == ["open_clip_model.safetensors", "model.safetensors"]
    assert fetch_other(like_it.name) == path
    assert len(asked) == 2


def test_what_comes_for_it_must_be_it(server, folder, monkeypatch):
    pytest.importorskip("open_clip")
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "head.pth")
    server.content = write_encoder(folder / "made", ENCODERS[2]).read_bytes()
    with pytest.raises(WeightsBroken, match="does not hold its weights"):
        fetch_other("ViT-B-32/laion2b_s34b_b79k")
    assert not (folder / "ViT-B-32--laion2b_s34b_b79k.safetensors").exists()


def test_without_safetensors_there_is_a_way_told(server, monkeypatch):
    pytest.importorskip("open_clip")
    monkeypatch.setattr(huggingface_hub, "hf_hub_url", lambda *_: server.url + "gone")
    with pytest.raises(FetchFailed, match="--clip-model ViT-B-32@FILE"):
        fetch_other("ViT-B-32/laion2b_s34b_b79k")
