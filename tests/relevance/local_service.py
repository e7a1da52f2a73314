"""Runs kbsearch's programs for a test: builds an index, starts a server on
free ports, asks it over HTTP, stops it."""

import http.client
import json
import os
import socket
import subprocess
import tempfile
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
DEFAULT_BIN = os.path.join(REPOSITORY, "build", "release", "bin")
START_SECONDS = 60
CALL_SECONDS = 30


class ServiceError(Exception):
    """A program is missing or failed; the message holds what it said."""


def _program(folder, name):
    path = os.path.join(folder, name)
    if not os.access(path, os.X_OK):
        raise ServiceError(f"{path} is not there: build it (make build) or "
                           "name the folder of the programs with --bin")
    return path


def _free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class LocalService:
    """A server over a corpus made of `articles` (dictionaries in the article
    JSONL format), in temporary folders. Use it in a with statement."""

    def __init__(self, bin_folder, corpus, articles):
        self._indexer = _program(bin_folder, "kbsearch-indexer")
        self._server_program = _program(bin_folder, "kbsearch-server")
        self._corpus = corpus
        self._articles = articles
        self._folder = None
        self._server = None
        self._connection = None
        self._log = None

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="kbsearch-test-")
        try:
            self._build()
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        if self._connection:
            self._connection.close()
        if self._server:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        if self._log:
            self._log.close()
        self._folder.cleanup()

    def search(self, query, language, page_size, verbatim=False):
        """→ the hits' article ids, best first; only `language` is searched.
        `verbatim`: as typed, no step of the rescue ladder is taken."""
        answer = self._call("kbsearch.v1.SearchService/Search", {
            "corpus": self._corpus, "query": query, "languageCode": language,
            "languages": [language], "pageSize": page_size,
            "verbatim": verbatim})
        return [hit["articleId"] for hit in answer.get("hits", [])]

    def _build(self):
        source = os.path.join(self._folder.name, "source")
        os.mkdir(source)
        with open(os.path.join(source, "articles.jsonl"), "w",
                  encoding="utf-8") as lines:
            for article in self._articles:
                lines.write(json.dumps(article, ensure_ascii=False) + "\n")
        built = subprocess.run(
            [self._indexer, "build", "--data", self._data(), "--corpus",
             self._corpus, "--source", source],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            check=False)
        if built.returncode != 0:
            raise ServiceError("kbsearch-indexer build failed with status "
                               f"{built.returncode}:\n{built.stdout}")

    def _start(self):
        grpc_port, http_port = _free_ports(2)
        self._log = open(os.path.join(self._folder.name, "server.log"), "w+",
                         encoding="utf-8")
        self._server = subprocess.Popen(
            [self._server_program, "--data", self._data(),
             "--listen", f"127.0.0.1:{grpc_port}",
             "--http", f"127.0.0.1:{http_port}"],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", http_port, timeout=CALL_SECONDS)
        give_up = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._server.poll() is not None or time.monotonic() > give_up:
                raise ServiceError("kbsearch-server did not become ready:\n" +
                                   self._logged())
            time.sleep(0.1)

    def _ready(self):
        try:
            self._connection.request("GET", "/readyz")
            answer = self._connection.getresponse()
            answer.read()
            return answer.status == 200
        except OSError:
            self._connection.close()
            return False

    def _call(self, method, request):
        self._connection.request(
            "POST", "/" + method, json.dumps(request).encode("utf-8"),
            {"Content-Type": "application/json",
             "Connect-Protocol-Version": "1"})
        answer = self._connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        if answer.status != 200:
            raise ServiceError(f"{method} answered {answer.status} to "
                               f"{json.dumps(request, ensure_ascii=False)}: "
                               f"{body}")
        return json.loads(body)

    def _data(self):
        return os.path.join(self._folder.name, "data")

    def _logged(self):
        self._log.seek(0)
        return self._log.read()
