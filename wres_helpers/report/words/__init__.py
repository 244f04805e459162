"""What is said of a row of the evidence: its names, its status and its doubts, its headline and sentences."""
