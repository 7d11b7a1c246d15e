"""Stylize."""
