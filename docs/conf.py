"""The documentation's own settings: `sphinx-build -W docs OUT`."""

project = "factpack"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "factpack"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
