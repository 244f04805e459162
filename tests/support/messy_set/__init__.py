"""The messy extracts: every defect we know of planted in invented data, with a manifest. A fixture of the tests."""
