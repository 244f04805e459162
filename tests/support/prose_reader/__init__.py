"""A reader of prose, the second witness of the proof of numbers: it reads a finished page back, as no run does."""
