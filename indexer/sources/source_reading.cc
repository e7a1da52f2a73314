#include "indexer/sources/source_reading.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "indexer/sources/byte_stream.h"
#include "indexer/sources/held_records.h"

namespace kbsearch::indexer {
namespace {

// Documents read at one time, in files and in bytes.
constexpr size_t kBatchFiles = 64;
constexpr uint64_t kBatchBytes = 16'000'000;

using ReadersByFormat = std::map<Format, std::unique_ptr<Reader>>;

Reader& ReaderOf(Format format, const ReaderOptions& options,
                 ReadersByFormat* readers) {
  std::unique_ptr<Reader>& reader = (*readers)[format];
  if (reader == nullptr) reader = NewReader(format, options);
  return *reader;
}

// A file that is one article: small, and apart from all others.
bool IsDocument(const SourceFile& file) {
  return (file.format == Format::kHtml || file.format == Format::kMarkdown ||
          file.format == Format::kText) &&
         file.bytes <= kMaxDocumentBytes;
}

void ReportUnreadable(const SourceFile& file, const absl::Status& status,
                      RecordSink& sink) {
  ReportItem item;
  item.file = file.path;
  if (absl::IsInvalidArgument(status)) {
    item.reason = "not a regular file";
    item.remedy = "name files and folders only";
  } else {
    item.reason = "unreadable file";
    item.detail = std::string(status.message());
    item.remedy = absl::IsPermissionDenied(status)
                      ? "check the file's permissions"
                      : "check that the file is still there";
  }
  sink.Report(std::move(item));
}

absl::Status ReadFile(const SourceFile& file, const ReaderOptions& options,
                      ReadersByFormat* readers, RecordSink& sink,
                      std::function<void(size_t)> on_read) {
  uint64_t bytes = 0;
  auto stream = OpenFileStream(file.path, [&](size_t count) {
    bytes += count;
    if (on_read) on_read(count);
  });
  if (!stream.ok()) {
    ReportUnreadable(file, stream.status(), sink);
    return absl::OkStatus();
  }
  absl::Status status = ReaderOf(file.format, options, readers)
                            .Read(file, *std::move(stream), sink);
  if (bytes != file.bytes && IsDocument(file)) {
    sink.Report({file.path, 0, "", Severity::kNotice,
                 bytes < file.bytes ? "file became shorter while it was read"
                                    : "file became longer while it was read",
                 absl::StrCat(bytes, " of ", file.bytes, " bytes"),
                 "build again when its writer is done"});
  }
  return status;
}

class SourceReading {
 public:
  SourceReading(const std::vector<SourceFile>& files,
                const ReaderOptions& options, RecordSink& sink)
      : files_(files), options_(options), sink_(sink) {
    readers_.resize(ThreadsOf(options.jobs));
  }

  absl::Status Run(const std::function<void(uint64_t, uint64_t)>& on_progress,
                   const std::function<absl::Status()>& check) {
    for (size_t begin = 0; begin < files_.size();) {
      absl::Status status = check();
      if (!status.ok()) return status;
      const size_t end = EndOfBatch(begin);
      uint64_t bytes = 0;
      if (end > begin + 1) {
        status = ReadBatch(begin, end);
        for (size_t i = begin; i < end; ++i) bytes += files_[i].bytes;
      } else {
        status = ReadFile(files_[begin], options_, &readers_[0], sink_,
                          [&](size_t count) { on_progress(0, count); });
      }
      if (!status.ok()) return status;
      on_progress(end - begin, bytes);
      begin = end;
    }
    for (ReadersByFormat& readers : readers_) {
      for (auto& [format, reader] : readers) {
        absl::Status status = reader->Finish(sink_);
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

 private:
  size_t EndOfBatch(size_t begin) const {
    size_t end = begin;
    uint64_t bytes = 0;
    while (end < files_.size() && end - begin < kBatchFiles &&
           IsDocument(files_[end]) && bytes < kBatchBytes) {
      bytes += files_[end++].bytes;
    }
    return std::max(end, begin + 1);
  }

  absl::Status ReadBatch(size_t begin, size_t end) {
    std::vector<HeldRecords> held(end - begin);
    RunInParallel(readers_.size(), held.size(), [&](size_t thread, size_t i) {
      (void)ReadFile(files_[begin + i], options_, &readers_[thread], held[i],
                     {});
    });
    for (HeldRecords& found : held) {
      absl::Status status = found.GiveTo(sink_);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const std::vector<SourceFile>& files_;
  const ReaderOptions& options_;
  RecordSink& sink_;
  std::vector<ReadersByFormat> readers_;  // by thread
};

}  // namespace

absl::Status ReadSources(
    const std::vector<SourceFile>& files, const ReaderOptions& options,
    RecordSink& sink,
    const std::function<void(uint64_t, uint64_t)>& on_progress,
    const std::function<absl::Status()>& check) {
  return SourceReading(files, options, sink).Run(on_progress, check);
}

}  // namespace kbsearch::indexer
