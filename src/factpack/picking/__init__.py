"""`factpack pick`: a page, on this machine only, to take facts out of an article by selecting its words."""
