"""Imports the named packages of a layer that is mounted at /opt, and tells where each came from."""

import importlib
import sys

sys.path.append("/opt/python")
for name in sys.argv[1:]:
    print(name, importlib.import_module(name).__file__)
