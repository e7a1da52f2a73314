// What was changed in a corpus since its generations were built: articles put
// and deleted one by one, in files that are only ever appended to.
//
//   DATA/corpora/<corpus>/changes/<number>.log   records; begins with <number>
//   DATA/corpora/<corpus>/changes/lock           flock'ed while one appends
//
// A generation holds the changes up to a number that its manifest tells; the
// log has the later ones. So a change is never lost between two generations: a
// build takes in what is there when it ends, and whoever opens a generation
// applies what came after.
//
// A record: length and CRC-32 of the payload (u32 each, little-endian), the
// payload: number, 1 = put / 2 = delete, then the stored document that holds
// the article, or id and language (record_codec.h).
#ifndef KBSEARCH_ENGINE_LIVE_CHANGE_LOG_H_
#define KBSEARCH_ENGINE_LIVE_CHANGE_LOG_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/article.h"

namespace kbsearch::engine {

struct Change {
  uint64_t number = 0;  // from 1, given by the log
  bool is_delete = false;
  // Of a deletion id and language only; without a language every version goes.
  Article article;
};

std::string ChangesFolder(const std::string& data_dir,
                          const std::string& corpus);

// Thread-safe, and safe beside other processes that append.
class ChangeLog {
 public:
  // Nothing is touched before the first Append.
  ChangeLog(const std::string& data_dir, const std::string& corpus);

  // Numbers the changes and writes them; they are on the disk when this
  // returns. After an error none of them will be applied. Gives the last
  // number. NotFound: no such corpus. PermissionDenied, ResourceExhausted: what
  // the file system says.
  absl::StatusOr<uint64_t> Append(std::vector<Change>* changes);

  // The last number in the log; `least` when there is none above it.
  absl::StatusOr<uint64_t> LastNumber(uint64_t least);

  // Deletes the files whose changes all have numbers up to `number`.
  absl::Status Trim(uint64_t number);

 private:
  absl::StatusOr<uint64_t> AppendLocked(std::vector<Change>* changes);
  absl::Status FindEnd();

  const std::string folder_;
  std::mutex mutex_;
  // Where the log ended when this object looked last.
  std::string segment_;
  uint64_t size_ = 0;
  uint64_t last_number_ = 0;
};

// Reads on where it stopped. One thread at a time.
class ChangeReader {
 public:
  // Begins with the first change whose number is above `after`.
  ChangeReader(const std::string& data_dir, const std::string& corpus,
               uint64_t after);

  // The next changes, at most `limit` and some 64 MB of them; none when there
  // are no more for now. DataLoss names the file and the place of a damaged
  // record.
  absl::StatusOr<std::vector<Change>> Next(size_t limit);

  // Of the last change read, or what the reader began with.
  uint64_t number() const { return number_; }

 private:
  absl::Status ReadInto(std::vector<Change>* changes, size_t limit);
  absl::Status FindSegment();

  std::string folder_;
  uint64_t number_;
  std::string segment_;  // being read; empty: none yet
  uint64_t offset_ = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_CHANGE_LOG_H_
