// Shares of small numbers, honestly.
#ifndef KBSEARCH_SERVER_EVENTS_WILSON_H_
#define KBSEARCH_SERVER_EVENTS_WILSON_H_

#include <cstdint>

namespace kbsearch::server::events {

struct Interval {
  double low = 0;
  double high = 0;
};

// The 95 % score interval of a share of `count` in `of` (Wilson, "Probable
// Inference, the Law of Succession, and Statistical Inference", JASA 1927).
// 8 of 10 → 0.490 to 0.943; nothing of nothing → 0 to 1.
// REQUIRES: 0 <= count <= of.
Interval WilsonInterval(int64_t count, int64_t of);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_WILSON_H_
