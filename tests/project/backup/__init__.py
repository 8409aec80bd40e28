"""Tests of offenraum/project/backup."""
