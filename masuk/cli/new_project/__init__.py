"""`masuk init`: a project of its own, for somebody who tests their own app."""
