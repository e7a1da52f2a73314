"""Reads one Mallard page, as GNOME's help is written in."""

import datetime
import xml.etree.ElementTree as ElementTree

from importers.article_body import ArticleBody, collapse_spaces

_MALLARD = "{http://projectmallard.org/1.0/}"
_IF = "{http://projectmallard.org/if/1.0/}"
# Not part of what is read: metadata, editors' remarks, pictures, link lists.
_SKIPPED = {"info", "comment", "media", "links", "title", "subtitle", "desc"}
_LISTS = {"steps", "list", "terms"}


def _name(element):
    """'p' for {…mallard…}p, 'if:when' for {…if…}when, '' for anything else."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag.startswith(_MALLARD):
        return element.tag[len(_MALLARD):]
    if element.tag.startswith(_IF):
        return "if:" + element.tag[len(_IF):]
    return ""


def _text(element):
    """All text below `element`, without skipped parts; keys to press together
    are parted by '+'."""
    if _name(element) == "keyseq":
        return "+".join(_text(key).strip() for key in element)
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _name(child) not in _SKIPPED:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _child_text(element, path):
    found = element.find("/".join(_MALLARD + name for name in path.split("/")))
    return collapse_spaces("".join(found.itertext())) if found is not None \
        else ""


def _applies(case):
    """Whether a conditional part is for the standard desktop."""
    return not case.get("test", "").startswith("platform:gnome-classic")


class MallardPage:
    """`page_id`, `title`, `body`, `updated_at` (None without a date), and of
    the page's metadata, which the body leaves out: `summary`, `guides` (ids of
    the pages it stands under) and `related` (ids of the pages to see also)."""

    def __init__(self, root):
        self.page_id = root.get("id")
        self.title = _child_text(root, "title")
        self.summary = _child_text(root, "info/desc")
        self.guides = self._read_links(root, "guide")
        self.related = self._read_links(root, "seealso")
        self.updated_at = self._last_revision(root)
        self.body = ArticleBody()
        self._read_blocks(root)

    @staticmethod
    def _read_links(root, kind):
        links = root.findall(f"{_MALLARD}info/{_MALLARD}link[@type='{kind}']")
        pages = (link.get("xref", "").partition("#")[0] for link in links)
        return list(dict.fromkeys(page for page in pages if page))

    @staticmethod
    def _last_revision(root):
        dates = []
        for revision in root.findall(f"{_MALLARD}info/{_MALLARD}revision"):
            try:
                dates.append(datetime.date.fromisoformat(
                    revision.get("date", "")))
            except ValueError:  # some writers' dates are none
                continue
        return f"{max(dates).isoformat()}T00:00:00Z" if dates else None

    def _read_blocks(self, parent):
        for element in parent:
            self._read_block(element)

    def _read_block(self, element):
        name = _name(element)
        if name in _SKIPPED or not name:
            return
        if name == "if:choose":
            case = next((one for one in element if _applies(one)), None)
            if case is not None:
                self._read_blocks(case)
        elif name == "if:if" and not _applies(element):
            return
        elif name == "p":
            self.body.paragraph(_text(element))
        elif name in ("code", "screen"):
            self.body.code(_text(element))
        elif name in _LISTS:
            self._read_items(element)
        elif name == "tr":
            for cell in element:
                self.body.paragraph(_text(cell))
        else:  # section, note, table, example, listing, figure, if:if, …
            self.body.paragraph(_child_text(element, "title"))
            self._read_blocks(element)

    def _read_items(self, element):
        self.body.paragraph(_child_text(element, "title"))
        for item in element:
            if _name(item) != "item":
                continue
            self.body.paragraph(_child_text(item, "title"))
            self._read_blocks(item)


def read_page(path):
    """The page in the file at `path`."""
    return MallardPage(ElementTree.parse(path).getroot())
