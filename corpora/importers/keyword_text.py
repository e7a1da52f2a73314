"""Makes a query of an entry of an index."""

import html
import re

from importers.article_body import plain_spaces

# Languages that do not share English's letters: there an entry without one
# letter of its own was left in English.
_OWN_LETTER = {
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}


def query_of_keyword(text):
    """'tables -- sorting, rows' → 'tables sorting rows'.

    A two-level entry's dashes and an inverted entry's comma are the index's,
    not what somebody types. A comma inside a number or code stays.
    """
    text = html.unescape(re.sub(r"\\(.)", r"\1", text))
    return plain_spaces(
        re.sub(r"\s--(?=\s)|[,;](?=\s)|(?<!\d)[,;]", " ", text))


def left_in_english(text, language, english):
    """Whether an entry is untranslated: it equals an English one of the same
    page (`english`), or has no letter of its language's own script."""
    if language == "en":
        return False
    own = _OWN_LETTER.get(language)
    return text in english or (own is not None and not own.search(text))
