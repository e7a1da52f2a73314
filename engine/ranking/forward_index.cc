#include "engine/ranking/forward_index.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/ranking/forward_format.h"

namespace kbsearch::engine {
namespace {

constexpr int kKindBits = 8;
constexpr size_t kRootLetters = 6;

// FNV-1a with a final mix (MurmurHash3's): the same on every machine, as the
// hashes are on disk.
uint64_t HashOf(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  hash ^= hash >> 33;
  hash *= 0xFF51AFD7ED558CCD;
  hash ^= hash >> 33;
  hash *= 0xC4CEB9FE1A85EC53;
  return hash ^ (hash >> 33);
}

uint64_t ReadLongVarint(std::string_view* bytes) {
  uint64_t value = 0;
  size_t used = 0;
  for (int shift = 0; shift < 64 && used < bytes->size(); shift += 7) {
    const auto byte = static_cast<unsigned char>((*bytes)[used++]);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  bytes->remove_prefix(used);
  return value;
}

// Nearly all numbers of a record take one byte.
inline uint64_t ReadVarint(std::string_view* bytes) {
  if (bytes->empty() || static_cast<unsigned char>(bytes->front()) >= 0x80) {
    return ReadLongVarint(bytes);
  }
  const auto value = static_cast<unsigned char>(bytes->front());
  bytes->remove_prefix(1);
  return value;
}

inline std::string_view ReadBytes(uint64_t size, std::string_view* bytes) {
  const std::string_view read = bytes->substr(0, size);
  bytes->remove_prefix(read.size());
  return read;
}

}  // namespace

std::string ForwardIndexPath(const std::string& shard_folder) {
  return shard_folder + "/forward.bin";
}

std::string_view RootOf(std::string_view folded) {
  size_t letters = 0;
  for (size_t i = 0; i < folded.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(folded[i]) & 0xC0) != 0x80;
    if (starts && letters++ == kRootLetters) return folded.substr(0, i);
  }
  return letters == kRootLetters ? folded : std::string_view();
}

TermKey MakeTermKey(std::string_view text, TermKind kind) {
  return (HashOf(text) & ~((uint64_t{1} << kKindBits) - 1)) |
         static_cast<uint64_t>(kind);
}

ForwardRecord::ForwardRecord(std::string_view bytes) : rest_(bytes) {
  hit_id_ = ReadBytes(ReadVarint(&rest_), &rest_);
  language_ = ReadBytes(ReadVarint(&rest_), &rest_);
  kind_ = static_cast<uint8_t>(ReadVarint(&rest_));
  updated_day_ = static_cast<uint32_t>(ReadVarint(&rest_));
}

bool ForwardRecord::NextBlock() {
  if (rest_.empty()) return false;
  field_ = static_cast<BlockField>(ReadVarint(&rest_) & 3);
  block_words_ = static_cast<uint32_t>(ReadVarint(&rest_));
  block_content_words_ = static_cast<uint32_t>(ReadVarint(&rest_));
  const uint64_t joined_bytes = ReadVarint(&rest_);
  const uint64_t word_bytes = uint64_t{block_words_} * kWordBytes;
  if (word_bytes > rest_.size()) {
    rest_ = {};
    return false;
  }
  words_ = ReadBytes(word_bytes, &rest_).data();
  joined_ = ReadBytes(joined_bytes, &rest_);
  return true;
}

bool ForwardRecord::NextJoined(Joined* joined) {
  if (joined_.empty()) return false;
  joined->index = static_cast<uint32_t>(ReadVarint(&joined_));
  joined->number = static_cast<WordNumber>(ReadVarint(&joined_));
  return true;
}

absl::StatusOr<std::shared_ptr<const ForwardIndex>> ForwardIndex::Open(
    const std::string& path) {
  auto file = analyzers::MappedFile::Open(path);
  if (!file.ok()) return file.status();
  std::shared_ptr<ForwardIndex> index(new ForwardIndex);
  index->file_ = *std::move(file);
  index->bytes_ = index->file_->bytes();
  if (const absl::Status status = index->Read(); !status.ok()) {
    return absl::DataLossError(absl::StrCat(path, ": ", status.message()));
  }
  return std::shared_ptr<const ForwardIndex>(std::move(index));
}

ForwardIndex::WordTerms ForwardIndex::TermsOfWords() const {
  WordTerms found;
  found.begins.resize(size_t{word_count_} + 1);
  for (const WordNumber word : words_of_terms_) {
    if (word < word_count_) ++found.begins[word + 1];
  }
  std::partial_sum(found.begins.begin(), found.begins.end(),
                   found.begins.begin());
  found.terms.resize(found.begins.back());
  std::vector<uint32_t> next(found.begins.begin(), found.begins.end() - 1);
  for (size_t i = 0; i < sorted_terms_.size(); ++i) {
    const WordNumber word = words_of_terms_[i];
    if (word < word_count_) found.terms[next[word]++] = sorted_terms_[i];
  }
  return found;
}

absl::Status ForwardIndex::Read() {
  internal::ForwardFooter footer;
  uint32_t start[2];
  if (bytes_.size() < sizeof(start) + sizeof(footer)) {
    return absl::DataLossError("too short for a forward index");
  }
  std::memcpy(start, bytes_.data(), sizeof(start));
  std::memcpy(&footer, bytes_.data() + bytes_.size() - sizeof(footer),
              sizeof(footer));
  if (start[0] != internal::kForwardMagic ||
      start[1] != internal::kForwardVersion ||
      footer.magic != internal::kForwardMagic) {
    return absl::DataLossError("no forward index of this version");
  }
  bool whole = footer.records_end <= bytes_.size();
  const auto section = [&](uint64_t offset, uint64_t count, auto* out) {
    using Item = typename std::remove_reference_t<decltype(*out)>::value_type;
    const uint64_t size = count * sizeof(Item);
    if (offset % alignof(Item) != 0 || offset > bytes_.size() ||
        size > bytes_.size() - offset) {
      whole = false;
      return;
    }
    *out = {reinterpret_cast<const Item*>(bytes_.data() + offset),
            static_cast<size_t>(count)};
  };
  section(footer.documents_offset, footer.document_count, &documents_);
  section(footer.offsets_offset, footer.document_count, &offsets_);
  section(footer.sorted_terms_offset, footer.term_count, &sorted_terms_);
  section(footer.words_offset, footer.term_count, &words_of_terms_);
  // A word has a term or more; only the one that stands for all that are too
  // many may have none.
  whole = whole && footer.word_count <= uint64_t{footer.term_count} + 1;
  if (!whole) return absl::DataLossError("damaged forward index");
  records_end_ = footer.records_end;
  word_count_ = footer.word_count;
  const double documents = std::max<double>(1, footer.document_count);
  average_title_words_ =
      std::max(1.0, static_cast<double>(footer.title_words) / documents);
  average_words_ = std::max(1.0, static_cast<double>(footer.words) / documents);
  return absl::OkStatus();
}

ForwardRecord ForwardIndex::Find(uint32_t document) const {
  // They are numbered from 1, mostly without gaps.
  size_t place = size_t{document} - 1;
  if (place >= documents_.size() || documents_[place] != document) {
    const auto found =
        std::lower_bound(documents_.begin(), documents_.end(), document);
    if (found == documents_.end() || *found != document) return {};
    place = static_cast<size_t>(found - documents_.begin());
  }
  const uint64_t offset = offsets_[place];
  if (offset >= records_end_) return {};
  std::string_view bytes = bytes_.substr(offset, records_end_ - offset);
  const uint64_t size = ReadVarint(&bytes);
  return ForwardRecord(bytes.substr(0, size));
}

std::span<const WordNumber> ForwardIndex::WordsOf(TermKey term) const {
  const auto [begin, end] =
      std::equal_range(sorted_terms_.begin(), sorted_terms_.end(), term);
  return words_of_terms_.subspan(
      static_cast<size_t>(begin - sorted_terms_.begin()),
      static_cast<size_t>(end - begin));
}

}  // namespace kbsearch::engine
