// What recording adds to a request, in CPU time of the thread that answers:
//   events_bench [--benchmark_repetitions=5]
// The writer works meanwhile, as it does in a server.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "server/events/event_recorder.h"
#include "server/events/failed_searches.h"

namespace kbsearch::server::events {
namespace {

v1::SearchResponse Response() {
  v1::SearchResponse response;
  response.set_search_id("0123456789abcdef01234567");
  response.set_total_size(10);
  response.mutable_interpretation()->set_language_code("el");
  for (int i = 0; i < 10; ++i) {
    v1::Hit* hit = response.add_hits();
    hit->set_article_id("reset-your-password-" + std::to_string(i));
    hit->set_language_code("el");
  }
  return response;
}

v1::SearchRequest Request() {
  v1::SearchRequest request;
  request.set_corpus("helpdesk");
  request.set_query("πώς αλλάζω τον κωδικό πρόσβασης");
  request.set_session_id("session");
  return request;
}

void BM_RecordSearch(benchmark::State& state) {
  std::string folder = "/tmp/kbsearch-events-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr)
    return state.SkipWithError("no folder");
  EventOptions options;
  options.location = folder + "/events.sqlite";
  options.key_file = folder + "/events.key";
  // What does not fit is dropped early and would look cheap.
  options.queue_limit = 100000000;
  prometheus::Registry metrics;
  auto recorder = EventRecorder::Start(
      options, analyzers::Registry::Load().value(), metrics);
  if (!recorder.ok()) {
    return state.SkipWithError(
        std::string(recorder.status().message()).c_str());
  }
  const v1::SearchRequest request = Request();
  const v1::SearchResponse response = Response();
  for (auto _ : state) {
    (*recorder)->Observe(AnsweredCall(), request, response);
  }
}
// Fixed: the writer stores each of them before the program ends.
BENCHMARK(BM_RecordSearch)->Iterations(20000);

void BM_WatchSearch(benchmark::State& state) {
  FailedSearches searches({}, analyzers::Registry::Load().value());
  v1::SearchRequest request = Request();
  const v1::SearchResponse response = Response();
  int session = 0;
  for (auto _ : state) {
    request.set_session_id(std::to_string(++session % 5000));
    searches.Observe(AnsweredCall(), request, response);
  }
}
BENCHMARK(BM_WatchSearch);

}  // namespace
}  // namespace kbsearch::server::events

BENCHMARK_MAIN();
