"""Checks bundles by parsers that others wrote, and prints what each one's bill of materials says."""

import hashlib
import io
import json
import sys
import zipfile

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL

SPDX = get_spdx_licensing()


def read(path):
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        infos = bundle.infolist()
        names = [info.filename for info in infos]
        assert names == sorted(set(names)), names
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        (zipped,) = [info for info in infos if info.filename.endswith(".zip")]
        assert zipped.compress_type == zipfile.ZIP_STORED
        layer = bundle.read(zipped)
        text = {name: bundle.read(name).decode() for name in names if name != zipped.filename}
        modes = {info.filename: oct(info.external_attr >> 16 & 0o777) for info in infos}
    manifest = json.loads(text["manifest.json"])
    digest = hashlib.sha256(layer).hexdigest()
    assert manifest["layer"]["sha256"] == digest and manifest["layer"]["size"] == len(layer)
    with zipfile.ZipFile(io.BytesIO(layer)) as opened:
        inside = [
            [info.filename, info.file_size, info.external_attr >> 16 & 0o777, hashlib.sha256(opened.read(info)).hexdigest()]
            for info in opened.infolist()
        ]
    listed = [[file["path"], file["size"], file["mode"], file["sha256"]] for file in manifest["files"]]
    assert listed == inside, (listed, inside)
    bill = json.loads(text["sbom.cdx.json"])
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text["sbom.cdx.json"])
    assert wrong is None, wrong
    assert bill["metadata"]["component"]["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert "timestamp" not in bill["metadata"]
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"] == [{"ref": "layer", "dependsOn": references}]
    for one in bill["components"]:
        if "purl" in one:
            # Its own parser writes an address in the one canonical way.
            assert PackageURL.from_string(one["purl"]).to_string() == one["purl"], one["purl"]
        for choice in one.get("licenses", []):
            if "expression" in choice:
                assert not SPDX.validate(choice["expression"]).errors, choice
    keep = ("type", "name", "version", "purl", "licenses", "hashes")
    return {
        "modes": modes,
        "recipe": json.loads(text["layer.json"]),
        "sources": sorted({file["source"] for file in manifest["files"]}),
        "serialNumber": bill["serialNumber"],
        "layer": bill["metadata"]["component"],
        "components": [{key: one[key] for key in keep if key in one} for one in bill["components"]],
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))
