"""What stands between a finished file and its reader: the proof of every number."""
