"""One report: what is executed, what is taken over, and in which order."""
