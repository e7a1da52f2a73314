"""Tests of corpora/importers and the two programs that use it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
CORPORA = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__)))), "corpora")
sys.path.insert(0, CORPORA)
# pylint: disable=wrong-import-position
from importers import debian_package, output  # noqa: E402
from importers.keyword_text import left_in_english  # noqa: E402
from importers.keyword_text import query_of_keyword  # noqa: E402
from importers.libreoffice_page import read_page  # noqa: E402
from importers.mallard_page import MallardPage  # noqa: E402


def libreoffice_page(content, title="Title"):
    return read_page(f"""<!DOCTYPE html><html><head><title>{title}</title>
<script>var x = "<p>script</p>";</script></head><body>
<header id="TopLeftHeader"><p>Help of the program</p></header>
<aside><div id="Index"><p>Index</p></div></aside>
<div id="DisplayArea"><meta itemprop="keywords" content="index,keyword">
{content}</div><div id="SearchFrame">search</div>
<footer><div id="DEBUG"><p>This page is: x</p></div></footer></body></html>""")


class LibreOfficePageTest(unittest.TestCase):
    TITLES = {
        "el": ("Κωδικός πρόσβασης", "Ορίστε νέο κωδικό."),
        "en": ("Password", "Set a new password."),
        "fr": ("Mot de passe", "Définissez un mot de passe."),
        "nl": ("Wachtwoord", "Stel een wachtwoord in."),
        "ru": ("Пароль", "Задайте новый пароль."),
    }

    def test_title_and_text_without_the_site_around_them(self):
        for language, (title, sentence) in self.TITLES.items():
            with self.subTest(language=language):
                page = libreoffice_page(
                    f"<h1>\n<a name='a'></a>{title}</h1><p>{sentence}</p>",
                    title)
                self.assertEqual(page.title, title)
                self.assertEqual(page.body.text(), sentence)

    def test_each_block_is_a_line(self):
        page = libreoffice_page(
            "<h1>Other heading</h1><p>One\n  <b>two</b>.</p>"
            "<ul><li><p>item</p></li><li>second<p>third</p></li></ul>"
            "<table><tr><th>head</th><td><p>a</p><p>b</p></td></tr></table>"
            "<p>x<br>y &amp; z</p><pre><code>\n  If a Then\n    b\n</code>"
            "</pre>after")
        self.assertEqual(
            page.body.text().split("\n"),
            ["Other heading", "One two.", "item", "second", "third", "head",
             "a", "b", "x y & z", "If a Then", "b", "after"])

    def test_one_name_of_a_key_and_no_icon(self):
        page = libreoffice_page(
            '<p>Press <span class="switchinline"><span hidden="true" '
            'class="MAC"><span class="keycode">Command</span></span>'
            '<span hidden="true">Ctrl</span></span> + F</p>'
            '<div class="noteicon">!<img src="note.svg" alt="note"></div>')
        self.assertEqual(page.body.text(), "Press Ctrl + F")

    def test_related_topics_are_cut_out_and_kept(self):
        for name, content in {
                "in a box": '<div class="relatedtopics"><p class="related">'
                            'Related Topics</p>{}</div>',
                "bare": '<p class="related">Related Topics</p>{}',
        }.items():
            with self.subTest(name):
                links = "".join(
                    f'<div class="embedded"><p><a href="{href}">Link</a></p>'
                    '</div>' for href in (
                        "fr/text/scalc/01/a.html?DbPAR=CALC#x",
                        "fr/text/scalc/01/b.html", "fr/text/scalc/01/a.html",
                        "https://www.example.com/"))
                page = libreoffice_page(
                    '<p>See <a href="fr/text/shared/c.html">this</a>.</p>' +
                    content.format(links) + "<h2>More</h2><p>Text.</p>")
                self.assertEqual(page.related, ["text/scalc/01/a.html",
                                                "text/scalc/01/b.html"])
                self.assertEqual(page.body.text(), "See this.\nMore\nText.")

    def test_a_page_without_text_is_empty(self):
        page = libreoffice_page('<h1>Title</h1><p><img src="a.png"></p>')
        self.assertTrue(page.body.empty())


class KeywordTest(unittest.TestCase):
    def test_query_of_keyword(self):
        for entry, query in (
                ("tables --  sorting", "tables sorting"),
                ("HTML, ορισμός", "HTML ορισμός"),
                ("#N/A erreur,interprétation", "#N/A erreur interprétation"),
                ("l&#39;aide \\\"x\\\"", "l'aide \"x\""),
                ("cellules\u00a0-- fusion", "cellules fusion"),
                ("формат 1,5", "формат 1,5"),
                ("e-mail -- bijlage", "e-mail bijlage")):
            with self.subTest(entry):
                self.assertEqual(query_of_keyword(entry), query)

    def test_left_in_english(self):
        english = {"tables sorting", "Logo"}
        for language, text, expected in (
                ("en", "tables sorting", False), ("fr", "tables sorting", True),
                ("nl", "Logo", True), ("nl", "tabellen sorteren", False),
                ("ru", "sorting tables", True), ("ru", "сортировка", False),
                ("ru", "функция SUM", False), ("el", "sorting", True),
                ("el", "ταξινόμηση", False), ("fr", "sorting", False)):
            with self.subTest(language=language, text=text):
                self.assertEqual(left_in_english(text, language, english),
                                 expected)


class MallardPageTest(unittest.TestCase):
    PAGE = """<page xmlns="http://projectmallard.org/1.0/"
      xmlns:if="http://projectmallard.org/if/1.0/" type="topic" id="sound">
  <info>
    <link type="guide" xref="media#sound"/>
    <link type="seealso" xref="mouse"/><link type="seealso" xref="mouse#x"/>
    <revision version="1" date="2021-02-01"/>
    <revision version="2" date="2022-03-14"/><revision date="soon"/>
    <credit><name>Writer</name></credit>
    <desc>Make it <em>louder</em>.</desc>
  </info>
  <title>Sound volume</title>
  <p>Change the\n   volume.</p>
  <if:choose><if:when test="platform:gnome-classic"><p>Classic.</p></if:when>
    <if:else><p>Standard.</p></if:else></if:choose>
  <steps><title>Do this:</title>
    <item><p>Press <keyseq><key>Super</key><key>S</key></keyseq>.</p>
      <note><p>Mind the ears.</p></note></item>
    <item><p>Click <gui>Sound</gui>.</p></item></steps>
  <section id="more"><title>More</title>
    <terms><item><title>Bass</title><p>Low tones.</p></item></terms>
    <table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>
    <media type="image"><p>picture</p></media>
    <screen>amixer set\n  Master 5%</screen></section>
  <links type="section"><title>See</title></links>
</page>"""

    def test_page(self):
        page = MallardPage(ElementTree.fromstring(self.PAGE))
        self.assertEqual(page.page_id, "sound")
        self.assertEqual(page.title, "Sound volume")
        self.assertEqual(page.summary, "Make it louder.")
        self.assertEqual(page.guides, ["media"])
        self.assertEqual(page.related, ["mouse"])
        self.assertEqual(page.updated_at, "2022-03-14T00:00:00Z")
        self.assertEqual(
            page.body.text().split("\n"),
            ["Change the volume.", "Standard.", "Do this:", "Press Super+S.",
             "Mind the ears.", "Click Sound.", "More", "Bass", "Low tones.",
             "a", "b", "amixer set", "Master 5%"])


class OutputTest(unittest.TestCase):
    def test_equal_queries_of_a_language_are_one(self):
        self.assertEqual(
            list(output.merge_queries("x", "k", [
                ("ru", "пароль", "b"), ("el", "λέξη", "a"),
                ("ru", "пароль", "a"), ("ru", "вход", "c")])),
            [{"id": "x-el-00001", "lang": "el", "text": "λέξη",
              "relevant": ["a"], "kind": "k"},
             {"id": "x-ru-00001", "lang": "ru", "text": "вход",
              "relevant": ["c"], "kind": "k"},
             {"id": "x-ru-00002", "lang": "ru", "text": "пароль",
              "relevant": ["a", "b"], "kind": "k"}])

    def test_related_drops_itself_and_the_unknown(self):
        links = {"a": ["a", "b", "gone"], "b": ["gone"], "gone": ["a"]}
        self.assertEqual(
            list(output.related_records("nl", links, {"a", "b"})),
            [{"id": "a", "lang": "nl", "related": ["b"]}])

    def test_judgements_lie_beside_the_folder(self):
        self.assertEqual(output.beside("dir/lo/", "queries"),
                         "dir/lo-queries.jsonl")


def make_package(folder, name, files):
    """Builds name_1:7.4.2-1_all.deb from {path: text}."""
    root = os.path.join(folder, name)
    control = (f"Package: {name}\nVersion: 1:7.4.2-1\nArchitecture: all\n"
               "Maintainer: kbsearch <kbsearch@example.com>\n"
               "Description: made for a test\n")
    for path, text in {**files, "DEBIAN/control": control}.items():
        path = os.path.join(root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", root,
                    f"{folder}/{name}_1%3a7.4.2-1_all.deb"], check=True,
                   stdout=subprocess.DEVNULL)


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@unittest.skipUnless(shutil.which("dpkg-deb"), "needs dpkg-deb")
class ImportersTest(unittest.TestCase):
    def setUp(self):
        self._scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self._scratch.cleanup)
        self.folder = self._scratch.name

    def run_importer(self, name):
        subprocess.run([sys.executable, os.path.join(CORPORA, name),
                        f"{self.folder}/out", "--from", self.folder],
                       check=True, stderr=subprocess.DEVNULL)

    def test_libreoffice(self):
        words = {"el": "πίνακες", "en": "tables", "fr": "tableaux",
                 "nl": "tabellen", "ru": "таблицы"}
        for language, package, code in (
                ("el", "el", "el"), ("en", "en-us", "en-US"),
                ("fr", "fr", "fr"), ("nl", "nl", "nl"), ("ru", "ru", "ru")):
            root = f"usr/share/libreoffice/help/{code}"
            page = (f"<title>{words[language]}</title>"
                    f"<div id='DisplayArea'><p>{language}</p>"
                    "<p class='related'>R</p>"
                    f"<a href='{code}/text/scalc/b.html'>B</a></div>")
            address = f"{code}/text/scalc/a.html?DbPAR=CALC#bm"
            make_package(self.folder, f"libreoffice-help-{package}", {
                f"{root}/text/scalc/a.html": page,
                f"{root}/text/scalc/b.html": page,
                f"{root}/text/scalc/empty.html": "<title>none</title>",
                f"{root}/bookmarks.js": "var bookmarks = [\n" + "".join(
                    f'{{url:"{address}", app:"CALC", text:"{text}"}},\n'
                    for text in (f"{words[language]} -- x", "LibreLogo"))})
        self.run_importer("import-libreoffice")
        for language, word in words.items():
            with self.subTest(language=language):
                articles = read_lines(
                    f"{self.folder}/out/articles-{language}.jsonl")
                self.assertEqual([article["id"] for article in articles],
                                 ["text/scalc/a.html", "text/scalc/b.html"])
                self.assertEqual(
                    {key: articles[0][key] for key in
                     ("language", "title", "body", "body_format", "kind",
                      "category")},
                    {"language": language, "title": word, "body": language,
                     "body_format": "text", "kind": "article",
                     "category": ["scalc"]})
                self.assertIn("help.libreoffice.org/7.4/", articles[0]["url"])
        queries = read_lines(f"{self.folder}/out-queries.jsonl")
        self.assertEqual(
            [(query["lang"], query["text"]) for query in queries],
            [("el", "πίνακες x"), ("en", "LibreLogo"), ("en", "tables x"),
             ("fr", "tableaux x"), ("nl", "tabellen x"), ("ru", "таблицы x")])
        self.assertEqual(queries[0]["relevant"], ["text/scalc/a.html"])
        related = read_lines(f"{self.folder}/out-related.jsonl")
        self.assertEqual([(one["lang"], one["id"], one["related"])
                          for one in related],
                         [(language, "text/scalc/a.html",
                           ["text/scalc/b.html"])
                          for language in ("en", "el", "fr", "nl", "ru")])

    def test_gnome_user_docs(self):
        def page(name, text, summary, other):
            return ('<page xmlns="http://projectmallard.org/1.0/" '
                    f'id="{name}"><info><desc>{summary}</desc>{other}</info>'
                    f'<title>{name}</title><p>{text}</p></page>')
        summaries = {"C": "Louder.", "el": "Πιο δυνατά.",
                     "fr": "Plus fort\u00a0!", "nl": "Louder.",
                     "ru": "Громче."}
        files = {}
        for folder, summary in summaries.items():
            place = f"usr/share/help/{folder}/gnome-help"
            files[f"{place}/a.page"] = page(
                "a", folder, summary, '<link type="seealso" xref="b"/>')
            files[f"{place}/b.page"] = page("b", folder, "", "")
            files[f"{place}/broken.page"] = "<page"
        make_package(self.folder, "gnome-user-docs", files)
        self.run_importer("import-gnome-user-docs")
        queries = read_lines(f"{self.folder}/out-queries.jsonl")
        self.assertEqual(  # the Dutch one was left in English
            [(query["lang"], query["text"], query["relevant"])
             for query in queries],
            [("el", "Πιο δυνατά.", ["a"]), ("en", "Louder.", ["a"]),
             ("fr", "Plus fort !", ["a"]), ("ru", "Громче.", ["a"])])
        for language, folder in (("el", "el"), ("en", "C"), ("fr", "fr"),
                                 ("nl", "nl"), ("ru", "ru")):
            articles = read_lines(
                f"{self.folder}/out/articles-{language}.jsonl")
            self.assertEqual(
                [(article["id"], article["language"], article["body"])
                 for article in articles],
                [("a", language, folder), ("b", language, folder)])
        related = read_lines(f"{self.folder}/out-related.jsonl")
        self.assertIn({"id": "b", "lang": "nl", "related": ["a"]}, related)

    def test_a_missing_or_damaged_package_is_named(self):
        with self.assertRaisesRegex(debian_package.PackageError,
                                    "holds no absent_"):
            debian_package.unpack(self.folder, "absent", self.folder,
                                  lambda name: True)
        with open(f"{self.folder}/broken_1_all.deb", "w",
                  encoding="utf-8") as broken:
            broken.write("not a package")
        with self.assertRaisesRegex(debian_package.PackageError,
                                    "broken_1_all.deb: .*download it again"):
            debian_package.unpack(self.folder, "broken", self.folder,
                                  lambda name: True)


if __name__ == "__main__":
    unittest.main()
