"""What a standard means: the catalogue of its indicators by edition, grades, ethnic categories, statuses and years."""
