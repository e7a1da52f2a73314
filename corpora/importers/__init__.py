"""Shared parts of the corpus importers beside this folder."""
