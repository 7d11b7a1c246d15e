import os

import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.verified import remember, sha256_of, stated_sha256, vouched_for

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"weights")
    return path


def test_who_stated_a_hash_is_remembered_until_the_file_changes(path):
    assert vouched_for(path) is None
    remember(path, sha256_of(path), by="the hub")
    assert vouched_for(path) == "the hub"
    was = path.stat()
    path.write_bytes(b"weighty")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns + 1))
    assert vouched_for(path) is None
    path.write_bytes(b"weights")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert vouched_for(path) == "the hub"
    path.write_bytes(b"weights and more")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert vouched_for(path) is None


def test_one_is_not_taken_for_another(path, tmp_path):
    other = tmp_path / "other.safetensors"
    other.write_bytes(b"weights")
    remember(path, sha256_of(path), by="the hub")
    assert vouched_for(other) is None
    remember(other, sha256_of(other), by="someone")
    assert (vouched_for(path), vouched_for(other)) == ("the hub", "someone")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}'])
def test_a_damaged_record_vouches_for_nothing(path, folder, content):
    remember(path, sha256_of(path), by="the hub")
    (folder / "verified.json").write_text(content)
    assert vouched_for(path) is None
    remember(path, sha256_of(path), by="the hub")
    assert vouched_for(path) == "the hub"


def test_where_it_cannot_be_remembered_it_is_told(path, folder):
    folder.write_text("a file")
    with pytest.raises(LayerForgeError, match="cannot write to"):
        remember(path, sha256_of(path), by="the hub")


def test_files_of_the_hubs_cache_are_called_by_their_hash(tmp_path):
    blob = tmp_path / ("a" * 64)
    blob.write_bytes(b"weights")
    link = tmp_path / "model.safetensors"
    link.symlink_to(blob)
    assert stated_sha256(link) == "a" * 64
    assert stated_sha256(tmp_path / "none") is None
