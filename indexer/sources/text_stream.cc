#include "indexer/sources/text_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/sources/encoding.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kSampleBytes = 1 << 16;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

void Reject(const SourceFile& file, std::string reason, std::string detail,
            std::string remedy, RecordSink& sink) {
  sink.Report({file.path, 0, "", Severity::kRejected, std::move(reason),
               std::move(detail), std::move(remedy)});
}

// Up to the end of a line, so that no character is cut.
std::string_view WholeLines(std::string_view sample) {
  const size_t newline = sample.rfind('\n');
  const bool whole = sample.size() < kSampleBytes;
  return whole || newline == std::string_view::npos
             ? sample
             : sample.substr(0, newline + 1);
}

}  // namespace

absl::StatusOr<std::string_view> PeekableStream::Peek(size_t size) {
  ahead_.erase(0, position_);
  position_ = 0;
  while (ahead_.size() < size) {
    const size_t held = ahead_.size();
    ahead_.resize(size);
    absl::StatusOr<size_t> got =
        source_->Read(ahead_.data() + held, size - held);
    ahead_.resize(held + (got.ok() ? *got : 0));
    if (!got.ok()) return got.status();
    if (*got == 0) break;
  }
  return std::string_view(ahead_);
}

absl::StatusOr<size_t> PeekableStream::Read(char* buffer, size_t size) {
  if (position_ == ahead_.size()) return source_->Read(buffer, size);
  const size_t count = std::min(size, ahead_.size() - position_);
  std::memcpy(buffer, ahead_.data() + position_, count);
  position_ += count;
  return count;
}

std::unique_ptr<PeekableStream> OpenText(const SourceFile& file,
                                         std::unique_ptr<ByteStream> bytes,
                                         RecordSink& sink) {
  auto stream = std::make_unique<PeekableStream>(std::move(bytes));
  const absl::StatusOr<std::string_view> beginning = stream->Peek(kSampleBytes);
  if (!beginning.ok()) {
    Reject(file, "unreadable file", std::string(beginning.status().message()),
           "check the disk", sink);
    return nullptr;
  }
  if (beginning->find_first_not_of(" \t\r\n\f") == std::string_view::npos) {
    Reject(file, "empty file", "", "remove it or write its articles", sink);
    return nullptr;
  }
  const absl::StatusOr<DecodedText> decoded =
      DecodeToUtf8(std::string(WholeLines(*beginning)));
  if (!decoded.ok()) {
    Reject(file, "not a text file", std::string(decoded.status().message()),
           "remove it, or save it as UTF-8", sink);
    return nullptr;
  }
  if (!decoded->converted) {
    if (beginning->starts_with(kUtf8Mark)) {
      char mark[kUtf8Mark.size()];
      (void)stream->Read(mark, sizeof(mark));
    }
    return stream;
  }
  absl::StatusOr<std::unique_ptr<ByteStream>> converted =
      NewDecodingStream(std::move(stream), decoded->encoding);
  if (!converted.ok()) {
    Reject(file, "not a text file", std::string(converted.status().message()),
           "save it as UTF-8", sink);
    return nullptr;
  }
  sink.Report({file.path, 0, "", Severity::kRepaired, "converted to UTF-8",
               absl::StrCat("from ", decoded->encoding),
               "save the file as UTF-8"});
  auto text = std::make_unique<PeekableStream>(*std::move(converted));
  const absl::StatusOr<std::string_view> first = text->Peek(kUtf8Mark.size());
  if (first.ok() && *first == kUtf8Mark) {
    char mark[kUtf8Mark.size()];
    (void)text->Read(mark, sizeof(mark));
  }
  return text;
}

}  // namespace kbsearch::indexer
