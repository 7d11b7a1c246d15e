"""Texture."""
