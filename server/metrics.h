// What the server counts, in Prometheus' text format.
//
//   kbsearch_requests_total{method="kbsearch.v1.SearchService/Search",code="OK"}
//   kbsearch_request_duration_seconds{method=…}     histogram
//   kbsearch_queue_depth                            requests waiting
#ifndef KBSEARCH_SERVER_METRICS_H_
#define KBSEARCH_SERVER_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstddef>
#include <string>

namespace kbsearch::server {

// Thread-safe.
class Metrics {
 public:
  Metrics();

  // One finished request.
  void Count(const std::string& method, const std::string& code,
             double seconds);

  // The exposition; `queued` is the queue's depth now.
  std::string Text(size_t queued);

  // For parts that count things of their own.
  prometheus::Registry& registry() { return registry_; }

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& duration_;
  prometheus::Gauge& queue_depth_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_METRICS_H_
