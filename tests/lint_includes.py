"""Checks which folder includes which: see ARCHITECTURE.md.

    analyzers <- engine <- indexer, server;  proto -> server, cli only

Run as: python3 tests/lint_includes.py REPOSITORY
Prints each include that breaks a rule and exits 1 if there is any.
"""
import pathlib
import re
import sys

# Folder -> the project's folders it may include.
ALLOWED = {
    "base": {"base"},
    "analyzers": {"analyzers", "base"},
    "engine": {"engine", "analyzers", "base"},
    "indexer": {"indexer", "engine", "analyzers", "base"},
    "server": {"server", "engine", "analyzers", "base", "kbsearch", "google"},
    "cli": {"cli", "base", "kbsearch", "google"},
}
# Header prefix -> folders that may include it.
LIBRARIES = {
    "xapian": {"engine"},
    "unicode/": {"base", "analyzers", "indexer", "cli", "server"},
    "libstemmer": {"analyzers"},
    "grpc": {"server", "cli"},
    "gumbo": {"indexer"},
    "microhttpd": {"server"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
MAX_LINES = 500


def problems_of(path, folder):
    text = path.read_text(encoding="utf-8").splitlines()
    if len(text) > MAX_LINES:
        yield f"{path}: {len(text)} lines, at most {MAX_LINES}"
    for number, line in enumerate(text, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, header = match.groups()
        top = header.split("/")[0]
        is_project = quote == '"' or top in ("kbsearch",)
        known = top in ALLOWED or top == "kbsearch" or header.startswith("google/rpc")
        if is_project and known and top not in ALLOWED[folder]:
            yield f"{path}:{number}: {folder}/ must not include {header}"
        for prefix, folders in LIBRARIES.items():
            if header.startswith(prefix) and folder not in folders:
                yield f"{path}:{number}: {folder}/ must not include {header}"


def main():
    repository = pathlib.Path(sys.argv[1])
    problems = []
    checked = 0
    for folder in ALLOWED:
        for path in sorted((repository / folder).rglob("*")):
            if path.suffix in (".h", ".cc"):
                checked += 1
                problems.extend(problems_of(path, folder))
    print("\n".join(problems) or f"{checked} files keep the include rules")
    sys.exit(1 if problems or not checked else 0)


if __name__ == "__main__":
    main()
