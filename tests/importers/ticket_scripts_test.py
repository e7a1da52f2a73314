"""Tests of the scripts that make judged tickets and lacking corpora."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(
    __file__))), "relevance")


def run(script, *arguments):
    return subprocess.run([sys.executable, os.path.join(SCRIPTS, script),
                           *arguments], capture_output=True, text=True,
                          check=False)


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class MakeTicketsTest(unittest.TestCase):
    QUERIES = [{"id": f"{language}-{n}", "lang": language, "text": text,
                "relevant": ["page"]}
               for language, text in (("el", "χαμένο δέμα"), ("en", "lost parcel"),
                                      ("fr", "colis perdu"),
                                      ("nl", "pakket kwijt"),
                                      ("ru", "посылка пропала"))
               for n in range(12)]

    def make(self, folder, *arguments):
        queries = os.path.join(folder, "queries.jsonl")
        with open(queries, "w", encoding="utf-8") as out:
            for query in self.QUERIES:
                out.write(json.dumps(query, ensure_ascii=False) + "\n")
        out = os.path.join(folder, "tickets.jsonl")
        made = run("make-tickets", queries, out, *arguments)
        self.assertEqual(made.returncode, 0, made.stderr)
        return read_lines(out)

    def test_tickets_say_what_the_queries_say(self):
        with tempfile.TemporaryDirectory() as folder:
            tickets = self.make(folder)
            self.assertEqual(tickets, self.make(folder))
        self.assertEqual(len(tickets), len(self.QUERIES))
        texts = {query["id"]: query["text"] for query in self.QUERIES}
        for ticket in tickets:
            self.assertIn(texts[ticket["id"]],
                          ticket["subject"] + ticket["body"])
            self.assertEqual(ticket["relevant"], ["page"])
        for language in ("el", "en", "fr", "nl", "ru"):
            own = [t for t in tickets if t["lang"] == language]
            self.assertTrue(any(not t["body"] for t in own))
            self.assertTrue(any("\n\n" in t["body"] for t in own))

    def test_at_most_as_many_as_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(len(self.make(folder, "--each", "3")), 15)


class SplitCorpusTest(unittest.TestCase):
    def test_each_article_is_missing_once_in_all_languages(self):
        names = [f"page-{n}" for n in range(30)]
        with tempfile.TemporaryDirectory() as folder:
            source = os.path.join(folder, "source")
            os.makedirs(os.path.join(source, "el"))
            os.makedirs(os.path.join(source, "fr"))
            for language in ("el", "fr"):
                for name in names:
                    path = os.path.join(source, language, name + ".md")
                    with open(path, "w", encoding="utf-8") as out:
                        out.write(name)
            with open(os.path.join(source, "more.jsonl"), "w",
                      encoding="utf-8") as out:
                for name in names:
                    out.write(json.dumps({"id": name}) + "\n")
            missing = []
            for part in "012":
                target = os.path.join(folder, part)
                self.assertEqual(
                    run("split-corpus", source, target, part).returncode, 0)
                kept = [set(name.removesuffix(".md") for name in os.listdir(
                    os.path.join(target, language)))
                        for language in ("el", "fr")]
                kept.append({line["id"] for line in read_lines(
                    os.path.join(target, "more.jsonl"))})
                self.assertEqual(kept[0], kept[1])
                self.assertEqual(kept[0], kept[2])
                missing += sorted(set(names) - kept[0])
        self.assertEqual(sorted(missing), sorted(names))

    def test_wrong_usage(self):
        self.assertEqual(run("split-corpus", "a", "b", "3").returncode, 2)


if __name__ == "__main__":
    unittest.main()
