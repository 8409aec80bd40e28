"""How a figure is printed beside its target."""

from __future__ import annotations


def told(name: str, figure: float, unit: str, most: float) -> int:
    """Print a figure and its limit; 1 when it is missed."""
    print(f"{name:<66}{figure:>9.2f} {unit:<3} at most {most:g} {unit}".rstrip(), flush=True)
    return int(figure > most)
