"""Reads one page of LibreOffice's help: title and text without site chrome."""

import re
from html.parser import HTMLParser

from importers.article_body import ArticleBody, collapse_spaces

_HEADING = re.compile(r"h[1-6]$")
_BLOCKS = {"p", "div", "li", "pre", "table", "tr", "td", "th", "ol", "ul",
           "dl", "dt", "dd"}
_VOID = {"br", "img", "meta", "link", "input", "hr", "base", "col"}
# Icons, and the Mac's key names: each stands beside the names that the other
# systems use, and only one of the two may be in the text.
_SKIPPED_CLASSES = {"noteicon", "MAC"}
_SKIPPED_TAGS = {"script", "style", "noscript", "footer", "header", "aside"}
# Where the links to related pages begin.
_RELATED_CLASSES = {"relatedtopics", "related"}
_PAGE = re.compile(r"(?:^|/)(text/[^?#]+\.html)")


class LibreOfficePage(HTMLParser):
    """After feed() and close(): `title`, `body`, and `related`, the ids of the
    pages under "Related Topics", which are not in the body."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.body = ArticleBody()
        self.related = []
        self._stack = []       # open elements inside the content: (tag, skip)
        self._text = []
        self._in_title = False
        self._in_content = False
        self._in_related = False
        self._first_block = True

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "title":
            self._in_title = True
        if not self._in_content:
            self._in_content = attributes.get("id") == "DisplayArea"
            return
        if tag == "br":
            self.handle_data("\n")
        if tag in _VOID:
            return
        self._begin_block(tag)
        classes = set((attributes.get("class") or "").split())
        self._follow_related(tag, classes, attributes.get("href") or "")
        skip = self._skipping() or tag in _SKIPPED_TAGS or \
            bool(classes & _SKIPPED_CLASSES)
        self._stack.append((tag, skip))

    def handle_endtag(self, tag):
        if tag == "title" and self._in_title:
            self._in_title = False
            self.title = collapse_spaces("".join(self._text))
            self._text = []
        if not any(tag == name for name, _ in self._stack):
            if self._in_content and tag == "div" and not self._stack:
                self._flush()
                self._in_content = False
            return
        while True:
            if self._is_block(self._stack[-1][0]):
                self._flush()
            if self._stack.pop()[0] == tag:
                return

    def handle_data(self, data):
        if self._in_title or (self._in_content and not self._skipping() and
                              not self._in_related):
            self._text.append(data)

    @staticmethod
    def _is_block(tag):
        return tag in _BLOCKS or bool(_HEADING.match(tag))

    def _skipping(self):
        return bool(self._stack) and self._stack[-1][1]

    def _begin_block(self, tag):
        if self._is_block(tag):
            self._flush()

    def _follow_related(self, tag, classes, href):
        """The list of related pages lasts until the next heading."""
        if classes & _RELATED_CLASSES:
            self._in_related = True
        elif _HEADING.match(tag):
            self._in_related = False
        page = _PAGE.search(href)
        if self._in_related and page and page[1] not in self.related:
            self.related.append(page[1])

    def _flush(self):
        text, self._text = "".join(self._text), []
        if not text.strip():
            return
        tags = [tag for tag, _ in self._stack]
        repeats_title = self._first_block and \
            collapse_spaces(text) == self.title and \
            any(_HEADING.match(tag) for tag in tags)
        self._first_block = False
        if repeats_title:
            return
        if "pre" in tags:
            self.body.code(text)
        else:
            self.body.paragraph(text)


def read_page(text):
    """HTML of a help page → LibreOfficePage."""
    page = LibreOfficePage()
    page.feed(text)
    page.close()
    return page
