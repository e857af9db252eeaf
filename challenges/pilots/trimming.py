"""Measured values as people write them: 4.5, not 4.50."""

from decimal import Decimal


def trimmed(value: Decimal) -> Decimal:
    """The same value without zeros at its end; 100 stays 100."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
