"""From record-level extracts to counts: every decision visible, nobody named."""
