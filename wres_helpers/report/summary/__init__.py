"""What is said of all indicators together: page one, the overview, what to decide, methods and sources."""
