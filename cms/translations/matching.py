"""Texts that resemble one another: what the memory of translations offers. Pure."""
