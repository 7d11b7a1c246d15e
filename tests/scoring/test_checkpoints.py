import struct

import pytest

from layerforge.scoring.checkpoints import WeightsBroken, safetensors_shapes


@pytest.mark.parametrize(
    "header", [b"{", b"[]", b'{"a": 1}', b'{"a": {"shape": [1]}}', b"\xff\xff"]
)
def test_a_damaged_header_is_refused(tmp_path, header):
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(WeightsBroken, match="damaged"):
        safetensors_shapes(path)
