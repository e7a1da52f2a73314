"""Tests of the scripts in tests/relevance."""

import gzip
import importlib.machinery
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
RELEVANCE = os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "relevance")


def load(name):
    loader = importlib.machinery.SourceFileLoader(
        name.replace("-", "_"), os.path.join(RELEVANCE, name))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


convert_judgements = load("convert-judgements")
score_run = load("score-run")
linguistic_cases = load("linguistic-cases")


def run(name, *arguments):
    return subprocess.run(
        [sys.executable, os.path.join(RELEVANCE, name), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


class ScratchTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def write(self, name, text, opener=open, mode=0o644):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with opener(path, "wt", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def read_lines(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


class ConvertJudgementsTest(ScratchTest):
    CORPUS = [
        {"id": "el:page#one", "lang": "el", "title": "Τίτλος",
         "text": "Κείμενο"},
        {"id": "ru:page#one", "lang": "ru", "title": "", "text": "Текст"},
        {"id": "ru:other", "lang": "ru", "title": "Т", "text": "Текст"}]

    def convert(self, corpus, queries=(), related=()):
        for name, records in (("corpus", corpus), ("queries", queries),
                              ("related", related)):
            text = "".join(json.dumps(one) + "\n" for one in records)
            if name == "queries":
                self.write(f"in/{name}.jsonl.gz", text, gzip.open)
            else:
                self.write(f"in/{name}.jsonl", text)
        return run("convert-judgements", f"{self.folder}/in",
                   f"{self.folder}/out")

    def test_translations_meet_and_ids_lose_the_hash(self):
        done = self.convert(
            self.CORPUS,
            [{"id": "q", "lang": "ru", "text": "т", "kind": "k",
              "relevant": ["ru:page#one"], "title_overlap": 0.5}],
            [{"id": "ru:page#one", "lang": "ru", "related": ["ru:other"]}])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.read_lines("out/articles/articles.jsonl"), [
            {"id": "page/one", "language": "el", "title": "Τίτλος",
             "body": "Κείμενο", "body_format": "text"},
            {"id": "page/one", "language": "ru", "body": "Текст",
             "body_format": "text"},
            {"id": "other", "language": "ru", "title": "Т", "body": "Текст",
             "body_format": "text"}])
        self.assertEqual(self.read_lines("out/queries.jsonl"), [
            {"id": "q", "lang": "ru", "text": "т", "relevant": ["page/one"],
             "kind": "k"}])
        self.assertEqual(self.read_lines("out/related.jsonl"), [
            {"id": "page/one", "lang": "ru", "related": ["other"]}])

    def test_bad_input_is_named_by_file_and_line(self):
        query = {"id": "q", "lang": "el", "text": "τ"}
        clash = {**self.CORPUS[0], "id": "el:page/one"}
        for name, corpus, queries, wanted in (
                ("other language's id", [{**self.CORPUS[0], "lang": "fr"}], [],
                 'corpus.jsonl:1: id "el:page#one" does not start with'),
                ("ids that fall together", [self.CORPUS[0], clash], [],
                 'corpus.jsonl:2: the id "page/one" came before'),
                ("unknown article", self.CORPUS,
                 [{**query, "relevant": ["el:gone"]}],
                 'queries.jsonl.gz:1: "el:gone" is not in the corpus'),
                ("nothing relevant", self.CORPUS, [{**query, "relevant": []}],
                 'queries.jsonl.gz:1: "relevant" is missing or empty')):
            with self.subTest(name):
                done = self.convert(corpus, queries)
                self.assertEqual(done.returncode, 1)
                self.assertIn(wanted, done.stderr)


class ScoreRunTest(ScratchTest):
    QUERIES = "".join(json.dumps(one) + "\n" for one in (
        {"id": "1", "lang": "el", "text": "x", "relevant": ["a", "el:b"]},
        {"id": "2", "lang": "ru", "text": "x", "relevant": ["c d"]},
        {"id": "3", "lang": "ru", "text": "x", "relevant": ["e"]}))

    def test_figures_by_hand(self):
        # The scores contradict the ranks of query 1; x:a is another article.
        lines = ["1 Q0 ru:a 1 1.5 t", "1 Q0 el:z 2 9 t", "1 Q0 el:b 3 8 t",
                 "1 Q0 el:b 4 7 t", "1 Q0 el:a 5 2.5e-1 t",
                 "2 Q0 ru:c%20d 1 1 t"]
        done = run("score-run",
                   self.write("run", "\n".join(lines) + "\n"),
                   self.write("queries.jsonl", self.QUERIES))
        self.assertEqual(done.stderr, "")
        ndcg = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
        self.assertEqual(done.stdout.splitlines(), [
            "language\tqueries\tMRR@10\tnDCG@10\tRecall@10\tRecall@100",
            f"el\t1\t0.5000\t{ndcg:.4f}\t1.0000\t1.0000",
            "ru\t2\t0.5000\t0.5000\t0.5000\t0.5000",
            f"mean\t3\t0.5000\t{(ndcg + 0.5) / 2:.4f}\t0.7500\t0.7500"])

    def test_depths(self):
        deep = [str(rank) for rank in range(1, 121)]
        for right, figures in (
                ({"11"}, (0, 0, 0, 1)), ({"101"}, (0, 0, 0, 0)),
                ({"10"}, (0.1, 1 / math.log2(11), 1, 1)),
                (set(deep[:20]), (1, 1, 0.5, 1))):
            with self.subTest(right=sorted(right)[:2]):
                for got, wanted in zip(score_run.score(deep, right), figures):
                    self.assertAlmostEqual(got, wanted)

    def test_bad_runs_are_refused(self):
        queries = self.write("queries.jsonl", self.QUERIES)
        for line, wanted in (("1 Q0 el:a 1 x t", "the score \"x\""),
                             ("1 Q0 el:a 1", "4 columns"),
                             ("9 Q0 el:a 1 1 t", "such as \"9\"")):
            with self.subTest(line):
                done = run("score-run", self.write("run", line + "\n"),
                           queries)
                self.assertEqual(done.returncode, 1)
                self.assertIn(wanted, done.stderr)


def case(query, text, expected):
    return linguistic_cases.Case(2, "el", "k", query, text, expected)


class JudgeTest(unittest.TestCase):
    SENTENCES = {"1": "Ο κωδικός.", "2": "Ο ΚΩΔΙΚΟΣ μου", "3": "κωδικών",
                 "4": "άλλο"}

    def test_passes(self):
        match = case("κωδικός", "κωδικών", "match")
        no_match = case("κωδικος", "κωδικών", "no_match")
        for of, found, expected in (
                (match, [], False), (match, ["3"], True),
                (match, ["1", "2", "3"], True),
                (match, ["1", "2", "4", "3"], False),
                (no_match, [], True), (no_match, ["3"], False),
                (no_match, ["1", "2", "3"], True),
                (no_match, ["1", "3", "2"], False),
                (no_match, ["4", "3", "1"], False),
                (no_match, ["1", "2", "4", "3"], True),
                (case("λέξη", "κωδικών", "no_match"), ["4", "3"], False)):
            with self.subTest(case=of, found=found):
                self.assertEqual(
                    linguistic_cases.passes(of, found, self.SENTENCES),
                    expected)

    def test_words_fold_case_and_accents(self):
        for text, wanted in (
                ("Ο ΚΩΔΙΚΌΣ", {"ο", "κωδικοσ"}), ("Ёлка!", {"елка"}),
                ("Œuvre d'été", {"œuvre", "d", "ete"}),
                ("co\u00adöperatie", {"cooperatie"}),
                ("KB-2207", {"kb", "2207"})):
            with self.subTest(text):
                self.assertEqual(linguistic_cases.words(text), wanted)


FAKE_INDEXER = """#!/usr/bin/env python3
import shutil, sys
value = lambda name: sys.argv[sys.argv.index(name) + 1]
assert sys.argv[1] == "build" and value("--corpus") == "linguistic-cases"
shutil.copytree(value("--source"), value("--data"))
"""
FAKE_SERVER = """#!/usr/bin/env python3
# Finds the articles of a language that hold the query as it stands.
import http.server, json, sys
value = lambda name: sys.argv[sys.argv.index(name) + 1]
ARTICLES = [json.loads(line) for line in
            open(value("--data") + "/articles.jsonl", encoding="utf-8")]
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def answer(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.answer("ready")
    def do_POST(self):
        assert self.path == "/kbsearch.v1.SearchService/Search"
        asked = json.loads(self.rfile.read(
            int(self.headers["Content-Length"])))
        hits = [{"articleId": one["id"]} for one in ARTICLES
                if asked["query"] in one["body"] and
                asked["languages"] == [one["language"]]]
        self.answer({"hits": hits} if hits else {})
    def log_message(self, *_):
        pass
port = int(value("--http").split(":")[1])
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


class LinguisticCasesTest(ScratchTest):
    HEADER = "lang\tkind\tquery\tdocument_text\texpected\n"

    def run_cases(self, table, *options):
        return run("linguistic-cases", self.write("cases.tsv", table),
                   "--bin", self.folder, *options)

    def test_end_to_end_with_simple_programs(self):
        self.write("kbsearch-indexer", FAKE_INDEXER, mode=0o755)
        self.write("kbsearch-server", FAKE_SERVER, mode=0o755)
        done = self.run_cases(
            self.HEADER +
            "el\taccent\tκωδικός\tΟ κωδικός μου.\tmatch\n"
            "el\taccent\tκωδικος\tΟ κωδικός μου.\tmatch\n"
            "ru\tnegative\tмир\tКвартира.\tno_match\n"
            'en\tcode\t"C++\tHe said "C++".\tmatch\r\n', "--failures")
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 1)
        table, failures = done.stdout.split("\n\n")
        self.assertEqual([line.split() for line in table.splitlines()], [
            ["el", "accent", "1/2"], ["el", "all", "1/2"],
            ["en", "code", "1/1"], ["en", "all", "1/1"],
            ["ru", "negative", "1/1"], ["ru", "all", "1/1"],
            ["all", "accent", "1/2"], ["all", "code", "1/1"],
            ["all", "negative", "1/1"], ["all", "all", "3/4"]])
        self.assertIn("cases.tsv:3: el accent match", failures)
        self.assertIn("found  nothing", failures)

    def test_bad_tables_and_missing_programs(self):
        for table, wanted in (
                ("lang\tquery\n", "cases.tsv:1: the header is not"),
                (self.HEADER + "el\tk\tq\n", "cases.tsv:2: 3 columns"),
                (self.HEADER + "el\tk\tq\td\tyes\n",
                 'cases.tsv:2: expected is "yes"'),
                (self.HEADER + "el\tk\tq\td\tmatch\n",
                 "kbsearch-indexer is not there: build it")):
            with self.subTest(wanted):
                done = self.run_cases(table)
                self.assertEqual(done.returncode, 2)
                self.assertIn(wanted, done.stderr)


if __name__ == "__main__":
    unittest.main()
