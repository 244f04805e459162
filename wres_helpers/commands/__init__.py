"""What each command of ``wres`` does, and what it tells."""
