"""Pictures as plain SVG, made when the site is built; each has a table that says the same."""
