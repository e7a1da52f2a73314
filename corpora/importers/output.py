"""Writes article and judgement lines, whole files or none."""

import json
import os
import sys


def write_lines(path, records):
    """Writes one JSON object a line; an earlier file is replaced at the end."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    unfinished = path + ".unfinished"
    with open(unfinished, "w", encoding="utf-8") as lines:
        for record in records:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    os.replace(unfinished, path)


def beside(out, name):
    """("dir/lo/", "queries") → "dir/lo-queries.jsonl": judgements lie beside
    OUT, never in it, because the indexer reads all that OUT holds."""
    return f"{os.path.normpath(out)}-{name}.jsonl"


def merge_queries(prefix, kind, pairs):
    """(language, text, article id) triples → query records.

    The same text in the same language is one query with several right
    articles. Numbered in the order of language and text.
    """
    relevant = {}
    for language, text, article_id in pairs:
        relevant.setdefault((language, text), set()).add(article_id)
    numbers = {}
    for (language, text), ids in sorted(relevant.items()):
        numbers[language] = numbers.get(language, 0) + 1
        yield {"id": f"{prefix}-{language}-{numbers[language]:05d}",
               "lang": language, "text": text, "relevant": sorted(ids),
               "kind": kind}


def related_records(language, links, written):
    """Yields a record per article of `links` (id → linked ids); links to
    itself and to what is not in `written` (ids) are dropped."""
    for article_id, linked in links.items():
        known = [one for one in linked if one in written and one != article_id]
        if article_id in written and known:
            yield {"id": article_id, "lang": language, "related": known}


def report(message):
    print(message, file=sys.stderr)


def report_language(language, articles, queries, pages):
    """One line: how much was written, and which of `pages` (ids) was not."""
    written = {article["id"] for article in articles}
    missing = [page for page in pages if page not in written]
    names = f" ({', '.join(missing)})" if missing else ""
    report(f"{language}: {len(articles)} articles, {len(queries)} queries; "
           f"{len(missing)} pages without text left out{names}")
