"""Small tables, read strictly: one door for every table that somebody types, saves from a spreadsheet or edits."""
