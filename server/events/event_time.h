// The events' milliseconds and the API's timestamps.
#ifndef KBSEARCH_SERVER_EVENTS_EVENT_TIME_H_
#define KBSEARCH_SERVER_EVENTS_EVENT_TIME_H_

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/time_util.h>

#include "server/events/event.h"

namespace kbsearch::server::events {

// Rounded down, before 1970 too.
inline TimeMs ToMs(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1000 + time.nanos() / 1000000;
}

inline void SetTime(TimeMs at, google::protobuf::Timestamp* out) {
  *out = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(at);
}

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_EVENT_TIME_H_
