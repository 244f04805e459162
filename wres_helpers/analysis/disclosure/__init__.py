"""Disclosure control: what the board's copy may show, and the proof that the rest cannot be worked out."""
