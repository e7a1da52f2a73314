#include "engine/index/vocabulary.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

// The file: header; documents, titles, word_ends and display_ends (uint32 each,
// one a word); is_written (one byte a word); texts. The words' texts stand one
// after the other, then the display forms, empty where they equal the word;
// the ends are offsets into texts, and each begins where the one before ends.
struct Header {
  char magic[8] = {'K', 'B', 'V', 'O', 'C', 'A', 'B', '1'};
  uint64_t words = 0;
  uint64_t text_bytes = 0;
};
constexpr uint64_t kBytesPerWord = 4 * sizeof(uint32_t) + sizeof(uint8_t);

void AppendNumbers(const std::vector<uint32_t>& numbers, std::string* out) {
  out->append(reinterpret_cast<const char*>(numbers.data()),
              numbers.size() * sizeof(uint32_t));
}

// The columns of a file that is being written.
class Columns {
 public:
  void Add(std::string_view word, uint32_t documents, uint32_t titles) {
    words_ += word;
    word_ends_.push_back(static_cast<uint32_t>(words_.size()));
    documents_.push_back(documents);
    titles_.push_back(titles);
  }

  // REQUIRES: for the word added last.
  void AddDisplay(std::optional<std::string_view> display,
                  std::string_view word) {
    is_written_.push_back(display.has_value() ? '\1' : '\0');
    if (display.has_value() && *display != word) displays_ += *display;
    display_ends_.push_back(static_cast<uint32_t>(displays_.size()));
  }

  // ResourceExhausted: more text than offsets can tell.
  absl::StatusOr<std::string> Finish() {
    if (words_.size() + displays_.size() > UINT32_MAX) {
      return absl::ResourceExhaustedError(
          "the vocabulary has more than 4 GiB of words");
    }
    for (uint32_t& end : display_ends_) {
      end += static_cast<uint32_t>(words_.size());
    }
    Header header;
    header.words = word_ends_.size();
    header.text_bytes = words_.size() + displays_.size();
    std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
    for (const auto* column :
         {&documents_, &titles_, &word_ends_, &display_ends_}) {
      AppendNumbers(*column, &out);
    }
    absl::StrAppend(&out, is_written_, words_, displays_);
    return out;
  }

 private:
  std::vector<uint32_t> documents_, titles_, word_ends_, display_ends_;
  std::string is_written_, words_, displays_;
};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool IsMoreUseful(const VocabularyWord& a, const VocabularyWord& b) {
  const uint64_t of_a = Usefulness(a);
  const uint64_t of_b = Usefulness(b);
  return of_a != of_b ? of_a > of_b : a.word < b.word;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ShardVocabulary>> ShardVocabulary::Open(
    const std::string& path) {
  absl::StatusOr<std::unique_ptr<analyzers::MappedFile>> file =
      analyzers::MappedFile::Open(path);
  if (!file.ok()) {
    return absl::Status(
        file.status().code(),
        absl::StrCat("vocabulary ", path, ": ", file.status().message()));
  }
  std::shared_ptr<ShardVocabulary> vocabulary(
      new ShardVocabulary(*std::move(file)));
  const absl::Status status = vocabulary->Parse(path);
  if (!status.ok()) return status;
  return vocabulary;
}

absl::Status ShardVocabulary::Parse(const std::string& path) {
  const auto damaged = [&](absl::string_view why) {
    return absl::DataLossError(absl::StrCat("vocabulary ", path, ": ", why,
                                            "; build the corpus again"));
  };
  const std::string_view bytes = file_->bytes();
  Header header;
  if (bytes.size() < sizeof(header)) return damaged("too short");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, Header().magic, sizeof(header.magic)) != 0) {
    return damaged("not of this version");
  }
  if (header.words > bytes.size() || header.text_bytes > bytes.size() ||
      sizeof(header) + header.words * kBytesPerWord + header.text_bytes !=
          bytes.size()) {
    return damaged("cut off");
  }
  const char* next = bytes.data() + sizeof(header);
  for (auto* column : {&documents_, &titles_, &word_ends_, &display_ends_}) {
    *column = {reinterpret_cast<const uint32_t*>(next), header.words};
    next += header.words * sizeof(uint32_t);
  }
  is_written_ = {reinterpret_cast<const uint8_t*>(next), header.words};
  texts_ = {next + header.words, header.text_bytes};
  const auto ascending = [](std::span<const uint32_t> ends) {
    return std::is_sorted(ends.begin(), ends.end());
  };
  if (header.words > 0 &&
      (!ascending(word_ends_) || !ascending(display_ends_) ||
       word_ends_.back() > display_ends_.front() ||
       display_ends_.back() != header.text_bytes)) {
    return damaged("offsets out of order");
  }
  return absl::OkStatus();
}

std::string_view ShardVocabulary::Text(std::span<const uint32_t> ends,
                                       size_t id) const {
  const uint32_t first =
      ends.data() == word_ends_.data() ? 0 : word_ends_.back();
  const uint32_t begin = id == 0 ? first : ends[id - 1];
  return texts_.substr(begin, ends[id] - begin);
}

VocabularyWord ShardVocabulary::at(size_t id) const {
  VocabularyWord found;
  found.word = word(id);
  found.display = Text(display_ends_, id);
  if (found.display.empty()) found.display = found.word;
  found.documents = documents_[id];
  found.titles = titles_[id];
  found.is_written = is_written_[id] != 0;
  return found;
}

size_t ShardVocabulary::LowerBound(std::string_view wanted) const {
  size_t low = 0;
  size_t high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (word(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<size_t> ShardVocabulary::Find(std::string_view wanted) const {
  const size_t id = LowerBound(wanted);
  if (id < size() && word(id) == wanted) return id;
  return std::nullopt;
}

std::pair<size_t, size_t> ShardVocabulary::RangeOf(
    std::string_view prefix) const {
  const size_t first = LowerBound(prefix);
  size_t low = first;
  size_t high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (StartsWith(word(middle), prefix)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {first, low};
}

bool Vocabulary::empty() const {
  return std::all_of(shards_.begin(), shards_.end(),
                     [](const auto& shard) { return shard->size() == 0; });
}

std::optional<VocabularyWord> Vocabulary::Find(std::string_view word) const {
  std::optional<VocabularyWord> found;
  uint32_t most = 0;
  for (const auto& shard : shards_) {
    const std::optional<size_t> id = shard->Find(word);
    if (!id) continue;
    const VocabularyWord here = shard->at(*id);
    if (!found) {
      found = here;
      most = here.documents;
      continue;
    }
    found->documents += here.documents;
    found->titles += here.titles;
    if (here.is_written && (!found->is_written || here.documents > most)) {
      found->display = here.display;
      most = here.documents;
    }
    found->is_written = found->is_written || here.is_written;
  }
  return found;
}

std::vector<VocabularyWord> Vocabulary::Complete(std::string_view prefix,
                                                 size_t limit) const {
  // A word among the best of both together may be missing in the best of one
  // only when the shards disagree about it; with some spare ones that is rare
  // and harmless.
  const size_t per_shard = shards_.size() > 1 ? 2 * limit : limit;
  std::vector<VocabularyWord> best;
  for (const auto& shard : shards_) {
    const auto [first, last] = shard->RangeOf(prefix);
    std::vector<std::pair<uint64_t, size_t>> heap;  // least useful on top
    const auto more = [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    };
    for (size_t id = first; id < last && per_shard > 0; ++id) {
      const std::pair<uint64_t, size_t> entry(Usefulness(shard->at(id)), id);
      if (heap.size() == per_shard) {
        if (!more(entry, heap.front())) continue;
        std::pop_heap(heap.begin(), heap.end(), more);
        heap.pop_back();
      }
      heap.push_back(entry);
      std::push_heap(heap.begin(), heap.end(), more);
    }
    for (const auto& [usefulness, id] : heap) {
      const std::string_view word = shard->word(id);
      if (std::none_of(best.begin(), best.end(),
                       [&](const auto& known) { return known.word == word; })) {
        // In a damaged file a word may stand where it is not looked for.
        if (auto found = Find(word)) best.push_back(*found);
      }
    }
  }
  std::sort(best.begin(), best.end(), IsMoreUseful);
  if (best.size() > limit) best.resize(limit);
  return best;
}

std::string VocabularyPath(const std::string& shard_folder) {
  return shard_folder + "/vocabulary.bin";
}

absl::Status WriteVocabulary(const Xapian::Database& database,
                             const SpellingCounts& spellings,
                             const std::string& path) {
  const std::string_view exact = kFields[kAll].exact_prefix;
  const std::string_view title = kFields[kTitle].exact_prefix;
  const std::string exact_prefix(exact);
  const std::string title_prefix(title);
  const auto commonest = spellings.Commonest();
  Columns columns;
  auto in_title = database.allterms_begin(title_prefix);
  const auto titles_end = database.allterms_end(title_prefix);
  const auto end = database.allterms_end(exact_prefix);
  for (auto term = database.allterms_begin(exact_prefix); term != end; ++term) {
    const std::string text = *term;
    // "XS…" begins with "X" too; no word begins with a capital.
    if (StartsWith(text, title)) continue;
    const std::string word = text.substr(exact.size());
    uint32_t titles = 0;
    in_title.skip_to(title_prefix + word);
    if (in_title != titles_end && *in_title == title_prefix + word) {
      titles = in_title.get_termfreq();
    }
    columns.Add(word, term.get_termfreq(), titles);
    const auto spelling = commonest.find(word);
    columns.AddDisplay(spelling == commonest.end()
                           ? std::nullopt
                           : std::optional(spelling->second),
                       word);
  }
  absl::StatusOr<std::string> bytes = columns.Finish();
  if (!bytes.ok()) return bytes.status();
  return ReplaceFile(path, *bytes);
}

}  // namespace kbsearch::engine
