#include "server/metrics.h"

#include <prometheus/text_serializer.h>

namespace kbsearch::server {
namespace {

// Seconds. A search of a small corpus takes below a millisecond; the deadline
// of a careless caller is ten seconds.
const prometheus::Histogram::BucketBoundaries kBuckets = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
    0.1,    0.25,  0.5,    1,     2.5,  5,     10};

}  // namespace

Metrics::Metrics()
    : requests_(prometheus::BuildCounter()
                    .Name("kbsearch_requests_total")
                    .Help("Finished requests by method and status code")
                    .Register(registry_)),
      duration_(prometheus::BuildHistogram()
                    .Name("kbsearch_request_duration_seconds")
                    .Help("Time from a request's arrival to its answer")
                    .Register(registry_)),
      queue_depth_(prometheus::BuildGauge()
                       .Name("kbsearch_queue_depth")
                       .Help("Requests that wait for a worker")
                       .Register(registry_)
                       .Add({})) {}

void Metrics::Count(const std::string& method, const std::string& code,
                    double seconds) {
  requests_.Add({{"method", method}, {"code", code}}).Increment();
  duration_.Add({{"method", method}}, kBuckets).Observe(seconds);
}

std::string Metrics::Text(size_t queued) {
  queue_depth_.Set(static_cast<double>(queued));
  return prometheus::TextSerializer().Serialize(registry_.Collect());
}

}  // namespace kbsearch::server
