import os
import stat
import sys

import pytest
from PIL import Image

from layerforge.files.recipes import embedded_recipe, write_file, write_new
from layerforge.model.errors import InvalidValue
from tests.files.pictures import encoded


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_files_have_the_mode_of_any_other_file(tmp_path, mask):
    before = os.umask(mask)
    try:
        (tmp_path / "plain").write_bytes(b"x")
        write_new(tmp_path / "a" / "new.json", b"x")
        write_file(tmp_path / "written.json", b"x")
    finally:
        os.umask(before)
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert sorted(one.name for one in files) == ["new.json", "plain", "written.json"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o666 & ~mask}


@pytest.mark.parametrize("start", [b"II*\0", b"RIFF", b"8BPS", b"\x89PNG\r\n\x1a\n"])
@pytest.mark.parametrize("rest", [b"", b"\xff" * 40, bytes(40)])
def test_damage_is_told_in_plain_words(start, rest):
    with pytest.raises(InvalidValue) as caught:
        embedded_recipe(start + rest, name="x.tif")
    assert str(caught.value).startswith("x.tif ")
    for word in ("BytesIO", "Error", "identify", "buffer", "unpack"):
        assert word not in str(caught.value)


@pytest.mark.parametrize("kind", ["TIFF", "WEBP"])
def test_a_recipe_is_looked_for_in_a_picture_of_any_claimed_size(kind, monkeypatch):
    """Nothing is decoded, so that no limit on pictures holds, and none ends in a traceback."""
    monkeypatch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "0.0001")
    content = encoded(Image.new("RGB", (300, 200)), kind)
    with pytest.raises(InvalidValue, match="holds no LayerForge recipe"):
        embedded_recipe(content, name="x")
