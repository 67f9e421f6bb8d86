"""Says whether an archive is what its digest says and holds a folder's files, byte for byte:
python check.py layer.zip FOLDER left-out.json [SHA-256 in base64]. Prints how many there are and how many were left out on purpose."""

import base64
import hashlib
import json
import os
import sys
import zipfile

archive, folder, left_out, digest = sys.argv[1:5]

with open(archive, "rb") as file:
    found = base64.b64encode(hashlib.file_digest(file, "sha256").digest()).decode()
assert digest in ("", found), f"the digest is {found}, and {digest} was said"

expected = {
    os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")
    for place, _, names in os.walk(folder)
    for name in names
}
with open(left_out) as file:
    allowed = set(json.load(file))
with zipfile.ZipFile(archive) as layer:
    infos = [info for info in layer.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    assert len(names) == len(set(names)), "a name stands there twice"
    more, less = set(names) - expected, expected - set(names)
    assert not more, f"{len(more)} files more than there were, such as {min(more)}"
    assert less <= allowed, f"{len(less - allowed)} files are missing, such as {min(less - allowed)}"
    for info in infos:
        with open(os.path.join(folder, info.filename), "rb") as file:
            # Reading checks the CRC-32 as well.
            assert layer.read(info) == file.read(), f"{info.filename} has other bytes"
print(json.dumps({"entries": len(infos), "leftOut": len(less)}))
