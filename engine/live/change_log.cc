#include "engine/live/change_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "engine/generations/generations.h"
#include "engine/index/record_codec.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// A new file is begun beyond this, so that old changes can be thrown away.
constexpr uint64_t kSegmentBytes = 16 << 20;
constexpr uint64_t kMaxPayload = uint64_t{256} << 20;
constexpr size_t kHeadBytes = 8;
// Of records; bounds what is in memory at a time.
constexpr uint64_t kMostBytesRead = 64 << 20;
// To open a segment that is trimmed meanwhile.
constexpr int kAttempts = 3;
constexpr uint64_t kPut = 1;
constexpr uint64_t kDelete = 2;

uint32_t Checksum(std::string_view bytes) {
  return static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
            static_cast<uInt>(bytes.size())));
}

std::string Encode(const Change& change) {
  RecordEncoder out;
  out.Number(change.number);
  out.Number(change.is_delete ? kDelete : kPut);
  if (change.is_delete) {
    out.Text(change.article.id);
    out.Text(change.article.language);
  } else {
    StoredDocument stored;
    stored.article = change.article;
    out.Text(EncodeStoredDocument(stored));
  }
  const std::string payload = out.Take();
  const uint32_t head[2] = {static_cast<uint32_t>(payload.size()),
                            Checksum(payload)};
  return std::string(reinterpret_cast<const char*>(head), sizeof(head)) +
         payload;
}

// False: the payload is damaged.
bool Decode(std::string_view payload, Change* change) {
  RecordDecoder in(payload);
  change->number = in.Number();
  const uint64_t operation = in.Number();
  change->is_delete = operation == kDelete;
  if (change->is_delete) {
    change->article.id = in.Text();
    change->article.language = in.Text();
  } else {
    absl::StatusOr<StoredDocument> stored = DecodeStoredDocument(in.Text());
    if (operation != kPut || !stored.ok()) return false;
    change->article = std::move(stored->article);
  }
  return in.ok() && in.at_end();
}

struct Segment {
  std::string path;
  uint64_t first = 0;  // the lowest number it may hold
};

// In order; none when there is no folder yet. A folder that cannot be read is
// an error: it would be begun anew otherwise, over what it holds.
absl::StatusOr<std::vector<Segment>> ListSegments(const std::string& folder) {
  std::vector<Segment> segments;
  const auto entries = ListFolder(folder);
  if (absl::IsNotFound(entries.status())) return segments;
  if (!entries.ok()) return entries.status();
  for (const fs::directory_entry& entry : *entries) {
    Segment segment{entry.path().string(), 0};
    if (entry.path().extension() == ".log" &&
        absl::SimpleAtoi(entry.path().stem().string(), &segment.first)) {
      segments.push_back(std::move(segment));
    }
  }
  std::sort(
      segments.begin(), segments.end(),
      [](const Segment& a, const Segment& b) { return a.first < b.first; });
  return segments;
}

// The one that follows the segment with this path; empty: it is the last.
absl::StatusOr<std::string> SegmentBehind(const std::string& path) {
  const absl::StatusOr<std::vector<Segment>> segments =
      ListSegments(fs::path(path).parent_path().string());
  if (!segments.ok()) return segments.status();
  for (const Segment& segment : *segments) {
    if (segment.path > path) return segment.path;
  }
  return std::string();
}

// Closes itself.
class File {
 public:
  File(const std::string& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  uint64_t Size() const {
    struct stat info {};
    return ::fstat(fd_, &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
  }
  bool ReadAt(uint64_t offset, size_t size, std::string* out) const {
    out->resize(size);
    size_t done = 0;
    while (done < size) {
      const ssize_t got = ::pread(fd_, out->data() + done, size - done,
                                  static_cast<off_t>(offset + done));
      if (got <= 0) return false;
      done += static_cast<size_t>(got);
    }
    return true;
  }

 private:
  const int fd_;
};

enum class ReadResult : uint8_t { kRecord, kEnd, kDamaged };

// The record at `offset`, which is moved behind it. kEnd: there is none, or one
// that has not been written to its end.
ReadResult ReadRecord(const File& file, uint64_t size, uint64_t* offset,
                      Change* change) {
  std::string bytes;
  if (size < *offset + kHeadBytes || !file.ReadAt(*offset, kHeadBytes, &bytes))
    return ReadResult::kEnd;
  uint32_t head[2];
  std::memcpy(head, bytes.data(), sizeof(head));
  const uint64_t end = *offset + kHeadBytes + head[0];
  const bool last = end >= size;
  if (end > size || !file.ReadAt(*offset + kHeadBytes, head[0], &bytes)) {
    return head[0] > kMaxPayload ? ReadResult::kDamaged : ReadResult::kEnd;
  }
  *change = Change();
  if (Checksum(bytes) != head[1] || !Decode(bytes, change)) {
    return last ? ReadResult::kEnd : ReadResult::kDamaged;
  }
  *offset = end;
  return ReadResult::kRecord;
}

absl::Status Damaged(const std::string& path, uint64_t offset) {
  return absl::DataLossError(absl::StrCat(
      path, ": damaged record at byte ", offset,
      "; the changes before it are in effect; put the file right from a "
      "backup, or move it away and send the later changes again"));
}

absl::Status WriteAll(const File& file, std::string_view bytes, uint64_t offset,
                      const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::pwrite(file.fd(), bytes.data(), bytes.size(),
                                   static_cast<off_t>(offset));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return ErrnoToStatus(errno, absl::StrCat("write ", path));
    bytes.remove_prefix(static_cast<size_t>(wrote));
    offset += static_cast<uint64_t>(wrote);
  }
  if (::fsync(file.fd()) == 0) return absl::OkStatus();
  return ErrnoToStatus(errno, absl::StrCat("sync ", path));
}

}  // namespace

std::string ChangesFolder(const std::string& data_dir,
                          const std::string& corpus) {
  return CorpusFolder(data_dir, corpus) + "/changes";
}

ChangeLog::ChangeLog(const std::string& data_dir, const std::string& corpus)
    : folder_(ChangesFolder(data_dir, corpus)) {}

absl::StatusOr<uint64_t> ChangeLog::Append(std::vector<Change>* changes) {
  const std::lock_guard guard(mutex_);
  if (::mkdir(folder_.c_str(), 0755) != 0 && errno != EEXIST) {
    return ErrnoToStatus(errno, absl::StrCat("make folder ", folder_));
  }
  const std::string lock_path = folder_ + "/lock";
  const File lock(lock_path, O_RDWR | O_CREAT);
  if (!lock.ok() || ::flock(lock.fd(), LOCK_EX) != 0) {
    return ErrnoToStatus(errno, absl::StrCat("lock ", lock_path));
  }
  const absl::Status status = FindEnd();
  if (!status.ok()) return status;
  return AppendLocked(changes);
}

// Looks where the log ends, when that may have changed, and what it ends with.
absl::Status ChangeLog::FindEnd() {
  const absl::StatusOr<std::vector<Segment>> segments = ListSegments(folder_);
  if (!segments.ok()) return segments.status();
  if (segments->empty()) {
    segment_.clear();
    size_ = 0;
    return absl::OkStatus();
  }
  const Segment& last = segments->back();
  const File file(last.path, O_RDONLY);
  if (!file.ok()) return ErrnoToStatus(errno, absl::StrCat("open ", last.path));
  const uint64_t size = file.Size();
  if (segment_ == last.path && size_ == size) return absl::OkStatus();
  segment_ = last.path;
  last_number_ = std::max(last_number_, last.first - 1);
  uint64_t offset = 0;
  Change change;
  while (true) {
    const ReadResult result = ReadRecord(file, size, &offset, &change);
    if (result == ReadResult::kDamaged) return Damaged(last.path, offset);
    if (result == ReadResult::kEnd) break;
    last_number_ = std::max(last_number_, change.number);
  }
  size_ = offset;  // what is behind was never acknowledged
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> ChangeLog::AppendLocked(std::vector<Change>* changes) {
  uint64_t number = last_number_;
  std::string bytes;
  for (Change& change : *changes) {
    change.number = ++number;
    bytes += Encode(change);
  }
  const bool fresh = segment_.empty() || size_ > kSegmentBytes;
  const std::string path =
      fresh ? absl::StrFormat("%s/%020d.log", folder_, last_number_ + 1)
            : segment_;
  const uint64_t at = fresh ? 0 : size_;
  const File file(path, O_WRONLY | O_CREAT);
  if (!file.ok()) return ErrnoToStatus(errno, absl::StrCat("open ", path));
  absl::Status status;
  if (file.Size() > at && ::ftruncate(file.fd(), static_cast<off_t>(at)) != 0) {
    status = ErrnoToStatus(errno, absl::StrCat("truncate ", path));
  }
  if (status.ok()) status = WriteAll(file, bytes, at, path);
  if (status.ok() && fresh) status = SyncFolder(folder_);
  if (!status.ok()) {
    // A part of a batch must not be applied after all.
    if (::ftruncate(file.fd(), static_cast<off_t>(at)) == 0) {
      ::fsync(file.fd());
    }
    return status;
  }
  segment_ = path;
  size_ = at + bytes.size();
  last_number_ = number;
  return number;
}

absl::StatusOr<uint64_t> ChangeLog::LastNumber(uint64_t least) {
  const std::lock_guard guard(mutex_);
  const absl::Status status = FindEnd();
  if (!status.ok()) return status;
  last_number_ = std::max(last_number_, least);
  return last_number_;
}

absl::Status ChangeLog::Trim(uint64_t number) {
  const absl::StatusOr<std::vector<Segment>> segments = ListSegments(folder_);
  if (!segments.ok()) return segments.status();
  for (size_t i = 0; i + 1 < segments->size(); ++i) {
    if ((*segments)[i + 1].first > number + 1) break;
    const std::string& path = (*segments)[i].path;
    std::error_code error;
    fs::remove(path, error);
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("remove ", path));
    }
  }
  return absl::OkStatus();
}

ChangeReader::ChangeReader(const std::string& data_dir,
                           const std::string& corpus, uint64_t after)
    : folder_(ChangesFolder(data_dir, corpus)), number_(after) {}

absl::StatusOr<std::vector<Change>> ChangeReader::Next(size_t limit) {
  std::vector<Change> changes;
  const absl::Status status = ReadInto(&changes, limit);
  // What was read is given out; what went wrong behind it is told at the next
  // call.
  if (changes.empty() && !status.ok()) return status;
  return changes;
}

absl::Status ChangeReader::ReadInto(std::vector<Change>* changes,
                                    size_t limit) {
  uint64_t bytes = 0;
  for (int attempts = 0; changes->size() < limit && bytes < kMostBytesRead;) {
    if (segment_.empty()) {
      const absl::Status status = FindSegment();
      if (!status.ok() || segment_.empty()) return status;
    }
    const File file(segment_, O_RDONLY);
    if (!file.ok()) {
      const absl::Status status =
          ErrnoToStatus(errno, absl::StrCat("open ", segment_));
      segment_.clear();
      // Trimmed since this reader came to its end: the next one follows.
      if (absl::IsNotFound(status) && attempts++ < kAttempts) continue;
      return status;
    }
    const uint64_t size = file.Size();
    Change change;
    ReadResult result = ReadResult::kRecord;
    while (changes->size() < limit && bytes < kMostBytesRead &&
           result == ReadResult::kRecord) {
      const uint64_t begin = offset_;
      result = ReadRecord(file, size, &offset_, &change);
      if (result != ReadResult::kRecord || change.number <= number_) continue;
      bytes += offset_ - begin;
      number_ = change.number;
      changes->push_back(std::move(change));
    }
    if (result == ReadResult::kDamaged) return Damaged(segment_, offset_);
    if (result == ReadResult::kRecord) return absl::OkStatus();
    const absl::StatusOr<std::string> next = SegmentBehind(segment_);
    // A later segment is begun only when this one is complete.
    if (!next.ok() || next->empty() || file.Size() > size) return next.status();
    segment_ = *next;
    offset_ = 0;
  }
  return absl::OkStatus();
}

// The last segment that may hold the next change; none: there is no log.
absl::Status ChangeReader::FindSegment() {
  const absl::StatusOr<std::vector<Segment>> segments = ListSegments(folder_);
  if (!segments.ok()) return segments.status();
  for (const Segment& segment : *segments) {
    if (segment_.empty() || segment.first <= number_ + 1) {
      segment_ = segment.path;
    }
  }
  offset_ = 0;
  return absl::OkStatus();
}

}  // namespace kbsearch::engine
