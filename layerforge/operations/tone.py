"""Tone."""
