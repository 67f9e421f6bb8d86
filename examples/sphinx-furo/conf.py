project = "Acme platform"
html_theme = "furo"
# layerdrop: conf.py; the files of dist/ lie in _static/layerdrop/
html_static_path = ["_static"]
html_js_files = [("layerdrop/layer-drop.js", {"type": "module"})]
# end
