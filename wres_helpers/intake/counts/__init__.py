"""The counts tables: declared once, in the shapes people hold, and the rules between their rows."""
