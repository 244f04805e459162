"""Invented extracts: nobody in them exists. They make the demonstration, the tests and the benchmark possible."""
