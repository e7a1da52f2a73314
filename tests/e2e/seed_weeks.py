"""Eight weeks of visits in the sample corpus's events, for charts over weeks.

    python3 seed_weeks.py EVENTS_DATABASE

Each week searches rise, the share without results falls and more suggestions
solve it. Always the same visits.
"""

import random
import sqlite3
import sys
import time

WEEKS = 8
HOUR_MS = 3600 * 1000
# Language, what is asked for, the article that answers.
ASKED = [
    ("el", "ξέχασα τον κωδικό", "reset-password"),
    ("en", "track my order", "track-order"),
    ("fr", "mot de passe oublié", "reset-password"),
    ("nl", "pakket volgen", "track-order"),
    ("ru", "забыл пароль", "reset-password"),
]
SEARCHES = (
    "INSERT INTO searches (search_id, corpus, at, session, language, cluster, query,"
    " results, rescued) VALUES (?, 'helpdesk', ?, ?, ?, ?, ?, ?, 0)"
)
SUGGESTIONS = (
    "INSERT INTO suggestions (suggestion_id, corpus, at, session, language, cluster,"
    " query, draft, articles) VALUES (?, 'helpdesk', ?, ?, ?, ?, ?, 1, 1)"
)
SHOWN = (
    "INSERT INTO shown (list_id, corpus, at, position, article_id, language,"
    " confidence) VALUES (?, 'helpdesk', ?, 1, ?, ?, 0.8)"
)
OUTCOMES = (
    "INSERT INTO outcomes (corpus, at, session, type, search_id, suggestion_id,"
    " article_id, language, position) VALUES ('helpdesk', ?, ?, ?, ?, ?, ?, ?, 1)"
)
CLICK, SOLVED, SUBMITTED = 2, 5, 7


def visit(database, chance, week, number, at):
    language, query, article = ASKED[number % len(ASKED)]
    session = f"week-{week}-{number}"
    missed = chance.random() < 0.22 - 0.02 * week
    text = f"{query} {chance.randint(1, 9)}" if missed else query
    search = f"s-{session}"
    database.execute(
        SEARCHES, (search, at, session, language, f"{language}:{text}", text, 0 if missed else 3)
    )
    if not missed:
        database.execute(SHOWN, (search, at, article, language))
        if chance.random() < 0.6:
            database.execute(OUTCOMES, (at, session, CLICK, search, "", article, language))
    if number % 4:
        return
    suggestion = f"g-{session}"
    database.execute(
        SUGGESTIONS, (suggestion, at + 1, session, language, f"{language}:{query}", query)
    )
    database.execute(SHOWN, (suggestion, at + 1, article, language))
    ends = SOLVED if chance.random() < 0.25 + 0.04 * week else SUBMITTED
    database.execute(
        OUTCOMES,
        (at + 2, session, ends, "", suggestion, article if ends == SOLVED else "", language),
    )


def main():
    chance = random.Random(8)
    now = int(time.time() * 1000)
    with sqlite3.connect(sys.argv[1], timeout=30) as database:
        for week in range(WEEKS):
            visits = 60 + 9 * week + chance.randint(-6, 6)
            begin = now - (WEEKS - week) * 7 * 24 * HOUR_MS
            for number in range(visits):
                at = begin + number * 7 * 24 * HOUR_MS // visits
                visit(database, chance, week, number, at)


main()
