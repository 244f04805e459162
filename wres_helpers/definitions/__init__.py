"""What WRES means and what a master parameter file may say. Knows no other room."""
