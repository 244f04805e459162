"""What people write: the texts of a report and its action plan."""
