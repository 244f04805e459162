"""How many words a text has when it is read aloud: 170 of them take a minute."""

import re


def spoken_words(text: str) -> int:
    """Return the words of a text as a voice says them: '2019/20' is four and a stroke, '1,093' is one thousand and ninety-three."""
    text = re.sub(
        r"\b(\d\d)(\d\d)(?:/(\d\d))?\b", lambda year: " ".join(filter(None, (year[1], year[2], year[3] and f"stroke {year[3]}"))), text
    )
    return sum(map(_words_of, re.findall(r"[^\W\d]+|\d[\d,]*(?:\.\d+)?|%", text)))


def _words_of(word: str) -> int:
    if not word[0].isdigit():
        return 2 if word == "%" else 1
    number, _, decimals = word.replace(",", "").partition(".")
    return _words_of_number(int(number)) + (1 + len(decimals) if decimals else 0)


def _words_of_number(number: int) -> int:
    if number < 100:
        return 1 if number <= 20 or number % 10 == 0 else 2
    large = 1000 if number >= 1000 else 100
    rest = number % large
    return _words_of_number(number // large) + 1 + (rest > 0) * ((rest < 100) + _words_of_number(rest))
