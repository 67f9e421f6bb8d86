"""Imports the packages of a layer that is mounted at /opt, uses them, and proves that nothing came from elsewhere."""

import os
import sys

standard = list(sys.path)[1:] if sys.path[0] == os.path.dirname(os.path.abspath(__file__)) else list(sys.path)
assert not any("site-packages" in path for path in standard), standard
sys.path[:] = [*standard, "/opt/python"]

import numpy
import requests

matrix = numpy.arange(9, dtype=float).reshape(3, 3) + 2 * numpy.eye(3)
assert numpy.allclose(numpy.linalg.inv(matrix) @ matrix, numpy.eye(3))
url = requests.Request("GET", "http://example.test/ü", params={"q": "a b"}).prepare().url
assert url == "http://example.test/%C3%BC?q=a+b", url
assert os.path.getsize(requests.certs.where()) > 100_000

for name in ("requests", "certifi", "idna", "urllib3", "charset_normalizer", "numpy"):
    print(name, sys.modules[name].__file__)
for name, module in list(sys.modules.items()):
    file = getattr(module, "__file__", None) or ""
    allowed = (*standard, "/opt/python/", os.path.abspath(__file__))
    assert file == "" or os.path.abspath(file).startswith(allowed), f"{name} came from {file}"
# Compiled with mypyc: proves that the native module itself was loaded, not its Python stand-in.
print("charset_normalizer.md", sys.modules["charset_normalizer.md"].__file__)
print("version", sys.version_info[:2], numpy.__version__, requests.__version__)
