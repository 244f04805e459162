"""What an indicator's section is made of: its tables, charts and texts, beside last year and the nation."""
