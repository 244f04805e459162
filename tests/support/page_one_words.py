"""How many words page one of a report has: a board reads it in a minute."""

import re

from pypdf import PdfReader

#: As many as every shipped report keeps to. Nine comparisons with their intervals, five words each, are looked at and not read, and up to nine
#: decisions, some fifteen words each with whose finding each answers, are the list of a meeting; what each status means, of how sure it is and
#: what follows from what is not known are told in words, some eighty: all else is under 375.
MOST_WORDS_OF_PAGE_ONE = 600
#: What is heard and not seen: the name of what stands in brackets.
_HEARD = r"\xa0interval"
#: What stands on the page of the overview alone and not on page one of the whole report.
_OF_THE_SECTION = (r"Overview: where we stand\s+Rules, tests and sources: page \d+", r", made with the WRES pack, version [\d.]+")
_OF_THE_REPORT = " Summary (page 15)"


def words_of_page_one(pdf, *, of_the_section=False):
    """Return the number of words that are seen on a PDF's first page; of the overview made alone, those that it has in the whole report."""
    text = re.sub(_HEARD, "", PdfReader(pdf).pages[0].extract_text())
    if of_the_section:
        assert all(re.search(pattern, text) for pattern in _OF_THE_SECTION)
        # where there is room, what follows page one begins on the same page
        text = re.sub(r"All in one table.*?(?=Dated \d|\Z)", "", text, flags=re.DOTALL)
        text = re.sub("|".join(_OF_THE_SECTION), "", text) + _OF_THE_REPORT
    return len(text.split())
