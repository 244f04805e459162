"""What a master parameter file may say: every key typed, checked and resolved once."""
