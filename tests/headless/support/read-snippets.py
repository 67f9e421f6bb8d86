"""Reads the snippets of each folder by parsers of their languages, and prints name, description and license of each."""

import ast
import json
import re
import sys
from pathlib import Path

import hcl2
import yaml

WORDS = {
    "sam": ("LayerName", "Description", "LicenseInfo"),
    "cloudformation": ("LayerName", "Description", "LicenseInfo"),
    "serverless": ("name", "description", "licenseInfo"),
    "terraform": ("layer_name", "description", "license_info"),
    "cdkPython": ("layer_version_name", "description", "license"),
}


def serverless(text):
    """Serverless takes `\\${` for `${`, and halves the backslashes before that."""
    return re.sub(r"(\\+)\$\{", lambda m: "\\" * ((len(m[1]) - 1) // 2) + "${", text)


def hcl_text(quoted):
    """A quoted template without anything to replace, by the escapes of HCL's specification."""
    assert quoted[0] == quoted[-1] == '"', quoted
    short = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    pattern = r'\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(.)|([$%])\4\{|([$%])\{|"'

    def meaning(match):
        if match[1] or match[2]:
            return chr(int(match[1] or match[2], 16))
        if match[3]:
            return short[match[3]]
        assert match[4], f"a template in {quoted}"
        return match[4] + "{"

    return re.sub(pattern, meaning, quoted[1:-1], flags=re.DOTALL)


def fields(read, id):
    return {to: read.get(word) for to, word in zip(("name", "description", "license"), WORDS[id])}


def read(folder):
    text = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    found = {}
    for id in ("sam", "cloudformation"):
        found[id] = fields(yaml.safe_load(text[id])["Resources"]["Layer"]["Properties"], id)
    layer = yaml.safe_load(text["serverless"])["layers"]["layer"]
    texts = {key: serverless(layer[key]) for key in WORDS["serverless"] if key in layer}
    found["serverless"] = fields(texts, "serverless")
    resources = hcl2.loads(text["terraform"])["resource"]
    layers = [one['"aws_lambda_layer_version"'] for one in resources if '"aws_lambda_layer_version"' in one]
    layer = next(iter(layers[0].values()))
    texts = {key: hcl_text(layer[key]) for key in WORDS["terraform"] if key in layer}
    found["terraform"] = fields(texts, "terraform")
    calls = [node for node in ast.walk(ast.parse(text["cdkPython"])) if isinstance(node, ast.Call)]
    made = next(call for call in calls if ast.unparse(call.func) == "aws_lambda.LayerVersion")
    literals = {word.arg: word.value.value for word in made.keywords if isinstance(word.value, ast.Constant)}
    found["cdkPython"] = fields(literals, "cdkPython")
    workflow = yaml.safe_load(text["githubActions"])
    assert list(workflow["jobs"]) == ["publish"], workflow
    return found


print(json.dumps([read(Path(folder)) for folder in sys.argv[1:]]))
