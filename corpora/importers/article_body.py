"""Collects an article's text: a paragraph a line, nothing else."""

import re


def collapse_spaces(text):
    """'  a \\n b ' → 'a b'. No-break spaces stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def plain_spaces(text):
    """The same with no-break spaces made plain: what somebody types."""
    return collapse_spaces(re.sub("[\u00a0\u202f]", " ", text))


class ArticleBody:
    """Paragraphs in the page's order. Empty ones are dropped."""

    def __init__(self):
        self._paragraphs = []

    def paragraph(self, text):
        """Headings, list items and table cells are paragraphs too."""
        text = collapse_spaces(text)
        if text:
            self._paragraphs.append(text)

    def code(self, text):
        """Each line of a program text is a paragraph; indents go."""
        for line in text.splitlines():
            self.paragraph(line)

    def text(self):
        return "\n".join(self._paragraphs)

    def empty(self):
        return not self._paragraphs
