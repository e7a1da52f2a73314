#include "indexer/readers/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "indexer/sources/skipped_files.h"

namespace kbsearch::indexer {
namespace {

// An archive may unpack to this much, and this many times its own size: text
// packs to a tenth or so, a bomb to a thousandth.
constexpr uint64_t kUnpackedFloor = 100'000'000;
constexpr uint64_t kUnpackedRatio = 200;
constexpr size_t kMaxMembers = 1'000'000;
constexpr size_t kBlockBytes = 1 << 16;

struct ArchiveClose {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, ArchiveClose>;

// What libarchive reads the packed bytes from.
struct PackedBytes {
  ByteStream* stream;
  std::string buffer;
  uint64_t bytes = 0;  // read so far
};

la_ssize_t ReadPacked(archive* reader, void* data, const void** block) {
  auto* packed = static_cast<PackedBytes*>(data);
  packed->buffer.resize(kBlockBytes);
  absl::StatusOr<size_t> got =
      packed->stream->Read(packed->buffer.data(), kBlockBytes);
  if (!got.ok()) {
    archive_set_error(reader, EIO, "%s",
                      std::string(got.status().message()).c_str());
    return -1;
  }
  packed->bytes += *got;
  *block = packed->buffer.data();
  return static_cast<la_ssize_t>(*got);
}

// One archive being read.
struct OpenArchive {
  PackedBytes packed;
  Archive reader;
  uint64_t unpacked = 0;
  bool is_bomb = false;

  std::string Error() const {
    const char* const text = archive_error_string(reader.get());
    return text == nullptr ? "damaged archive" : text;
  }
};

// The bytes of one member.
class MemberStream : public ByteStream {
 public:
  explicit MemberStream(OpenArchive& open) : open_(open) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (open_.is_bomb) return Bomb();
    const la_ssize_t got = archive_read_data(open_.reader.get(), buffer, size);
    if (got < 0) return absl::DataLossError(open_.Error());
    open_.unpacked += static_cast<uint64_t>(got);
    if (open_.unpacked > kUnpackedFloor &&
        open_.unpacked / kUnpackedRatio > open_.packed.bytes) {
      open_.is_bomb = true;
      return Bomb();
    }
    return static_cast<size_t>(got);
  }

 private:
  static absl::Status Bomb() {
    return absl::ResourceExhaustedError(
        absl::StrCat("the archive unpacks to more than ", kUnpackedRatio,
                     " times its size"));
  }

  OpenArchive& open_;
};

class ArchiveReader : public Reader {
 public:
  explicit ArchiveReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    OpenArchive open;
    open.packed.stream = bytes.get();
    open.reader.reset(archive_read_new());
    archive_read_support_format_zip_streamable(open.reader.get());
    archive_read_support_format_tar(open.reader.get());
    archive_read_support_filter_gzip(open.reader.get());
    if (archive_read_open(open.reader.get(), &open.packed, nullptr, ReadPacked,
                          nullptr) != ARCHIVE_OK) {
      Reject(file.path, "unreadable archive", open.Error(),
             "pack it anew as .zip or .tar.gz", sink);
      return absl::OkStatus();
    }
    absl::Status status = ReadMembers(file, open, sink);
    if (status.ok()) status = FinishReaders(sink);
    readers_.clear();
    return status;
  }

 private:
  absl::Status ReadMembers(const SourceFile& file, OpenArchive& open,
                           RecordSink& sink) {
    SkippedFiles skipped;
    for (size_t members = 0;; ++members) {
      archive_entry* entry = nullptr;
      const int result =
          open.is_bomb ? ARCHIVE_FATAL
                       : archive_read_next_header(open.reader.get(), &entry);
      if (result == ARCHIVE_EOF) break;
      if (result < ARCHIVE_WARN || members == kMaxMembers) {
        Reject(file.path,
               open.is_bomb ? "archive unpacks to too much"
                            : "rest of the archive unreadable",
               open.is_bomb ? "" : open.Error(),
               "pack it anew as .zip or .tar.gz, in parts", sink);
        break;
      }
      absl::Status status = ReadMember(file, open, entry, &skipped, sink);
      if (!status.ok()) return status;
      PassOver(open);
    }
    skipped.ReportTo(
        file.path, [&sink](ReportItem item) { sink.Report(std::move(item)); });
    return absl::OkStatus();
  }

  // What the reader left of the member: unpacked here, where it is counted.
  static void PassOver(OpenArchive& open) {
    MemberStream rest(open);
    std::string buffer(kBlockBytes, '\0');
    absl::StatusOr<size_t> got = size_t{1};
    while (got.ok() && *got > 0) got = rest.Read(buffer.data(), kBlockBytes);
  }

  absl::Status ReadMember(const SourceFile& file, OpenArchive& open,
                          archive_entry* entry, SkippedFiles* skipped,
                          RecordSink& sink) {
    const char* const name = archive_entry_pathname_utf8(entry);
    const char* const raw =
        name != nullptr ? name : archive_entry_pathname(entry);
    if (raw == nullptr || archive_entry_filetype(entry) == AE_IFDIR) {
      return absl::OkStatus();
    }
    SourceFile member;
    member.path = absl::StrCat(file.path, ":", raw);
    if (archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != nullptr) {
      Reject(member.path, "not a regular file", "",
             "pack the file itself, not a link or a special file", sink);
      return absl::OkStatus();
    }
    if (!NameOf(raw, &member.name)) return absl::OkStatus();  // hidden
    const std::optional<Format> format =
        FormatOfPath(member.name, options_.format);
    if (!format.has_value() || *format == Format::kArchive) {
      skipped->Add(member.name);
      return absl::OkStatus();
    }
    if (archive_entry_is_data_encrypted(entry)) {
      Reject(member.path, "encrypted file", "", "pack it without a password",
             sink);
      return absl::OkStatus();
    }
    member.folder = FolderOf(file);
    // "help.zip" often holds one folder "help".
    if (member.name.starts_with(member.folder + "/")) {
      member.name.erase(0, member.folder.size() + 1);
    }
    member.format = *format;
    member.bytes = static_cast<uint64_t>(
        std::max<la_int64_t>(archive_entry_size(entry), 0));
    std::unique_ptr<Reader>& reader = readers_[*format];
    if (reader == nullptr) reader = NewReader(*format, options_);
    return reader->Read(member, std::make_unique<MemberStream>(open), sink);
  }

  // "./export/../el/a.html" → "export/el/a.html". False: hidden, as it would be
  // in a folder.
  static bool NameOf(std::string_view raw, std::string* name) {
    for (absl::string_view part :
         absl::StrSplit(absl::string_view(raw.data(), raw.size()), '/',
                        absl::SkipEmpty())) {
      if (part == "." || part == "..") continue;
      if (part.front() == '.' || part == "__MACOSX") return false;
      if (!name->empty()) *name += '/';
      name->append(part.data(), part.size());
    }
    return !name->empty();
  }

  // "backup/el.tar.gz" → "el", as if it were a folder.
  static std::string FolderOf(const SourceFile& file) {
    std::string name = file.name.substr(file.name.rfind('/') + 1);
    return name.substr(0, name.find('.'));
  }

  absl::Status FinishReaders(RecordSink& sink) {
    for (auto& [format, reader] : readers_) {
      absl::Status status = reader->Finish(sink);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  static void Reject(const std::string& path, std::string reason,
                     std::string detail, std::string remedy, RecordSink& sink) {
    sink.Report({path, 0, "", Severity::kRejected, std::move(reason),
                 std::move(detail), std::move(remedy)});
  }

  const ReaderOptions options_;
  std::map<Format, std::unique_ptr<Reader>> readers_;
};

}  // namespace

std::unique_ptr<Reader> NewArchiveReader(const ReaderOptions& options) {
  return std::make_unique<ArchiveReader>(options);
}

}  // namespace kbsearch::indexer
