"""Glitch."""
