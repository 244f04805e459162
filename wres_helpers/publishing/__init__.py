"""The doors out. Its rooms, in the order in which they may know one another:

pages, safeguards, engine, files   what a page is, what guards it, what executes a notebook, how files are written
runs                               one report
systems                            many reports
"""
