#include "engine/completion/title_index.h"

#include <algorithm>

namespace kbsearch::engine {
namespace {

constexpr std::string_view kKind = "TITLES1";
constexpr size_t kColumns = 15;

// Whether `ends` cut something of `size` into pieces, in order.
bool Divide(std::span<const uint32_t> ends, size_t size) {
  return std::is_sorted(ends.begin(), ends.end()) &&
         (ends.empty() ? size == 0 : ends.back() == size);
}

bool AllBelow(std::span<const uint32_t> numbers, size_t limit) {
  return std::all_of(numbers.begin(), numbers.end(),
                     [limit](uint32_t number) { return number < limit; });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TitleIndex>> TitleIndex::Open(
    const std::string& path, size_t vocabulary_words) {
  absl::StatusOr<std::unique_ptr<const ColumnFile>> file =
      ColumnFile::Open(path, kKind, kColumns);
  if (!file.ok()) return file.status();
  std::shared_ptr<TitleIndex> index(new TitleIndex(*std::move(file)));
  const ColumnFile& columns = *index->file_;
  index->text_ends_ = columns.Numbers<uint32_t>(0);
  index->texts_ = columns.Text(1);
  index->hit_id_ends_ = columns.Numbers<uint32_t>(2);
  index->hit_ids_ = columns.Text(3);
  index->word_ends_ = columns.Numbers<uint32_t>(4);
  index->words_ = columns.Numbers<uint32_t>(5);
  index->begins_ = columns.Numbers<uint16_t>(6);
  index->ends_ = columns.Numbers<uint16_t>(7);
  index->marks_ = columns.Numbers<uint8_t>(8);
  index->posting_ends_ = columns.Numbers<uint32_t>(9);
  index->postings_ = columns.Numbers<uint32_t>(10);
  index->lemma_ends_ = columns.Numbers<uint32_t>(11);
  index->lemmas_ = columns.Text(12);
  index->lemma_word_ends_ = columns.Numbers<uint32_t>(13);
  index->lemma_words_ = columns.Numbers<uint32_t>(14);
  const absl::Status status = index->Check(vocabulary_words);
  if (!status.ok()) return status;
  return index;
}

// Everything that is followed later leads somewhere.
absl::Status TitleIndex::Check(size_t vocabulary_words) const {
  if (posting_ends_.size() != vocabulary_words ||
      !AllBelow(words_, vocabulary_words) ||
      !AllBelow(lemma_words_, vocabulary_words)) {
    return file_->Damaged("made of another vocabulary");
  }
  if (hit_id_ends_.size() != size() || word_ends_.size() != size() ||
      begins_.size() != words_.size() || ends_.size() != words_.size() ||
      marks_.size() != words_.size() ||
      lemma_word_ends_.size() != lemma_ends_.size()) {
    return file_->Damaged("columns of different lengths");
  }
  if (!Divide(text_ends_, texts_.size()) ||
      !Divide(hit_id_ends_, hit_ids_.size()) ||
      !Divide(word_ends_, words_.size()) ||
      !Divide(posting_ends_, postings_.size()) ||
      !Divide(lemma_ends_, lemmas_.size()) ||
      !Divide(lemma_word_ends_, lemma_words_.size()) ||
      !AllBelow(postings_, size())) {
    return file_->Damaged("offsets out of order");
  }
  for (uint32_t title = 0; title < size(); ++title) {
    const TitleWords of_title = words(title);
    for (size_t i = 0; i < of_title.size(); ++i) {
      if (of_title.begins[i] > of_title.ends[i] ||
          of_title.ends[i] > text(title).size()) {
        return file_->Damaged("words outside their title");
      }
    }
  }
  return absl::OkStatus();
}

TitleWords TitleIndex::words(uint32_t title) const {
  return {Part(words_, word_ends_, title, title + 1),
          Part(begins_, word_ends_, title, title + 1),
          Part(ends_, word_ends_, title, title + 1),
          Part(marks_, word_ends_, title, title + 1)};
}

std::span<const uint32_t> TitleIndex::WordsOfLemma(
    std::string_view lemma) const {
  size_t low = 0;
  size_t high = lemma_ends_.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (Slice(lemmas_, lemma_ends_, middle) < lemma) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == lemma_ends_.size() || Slice(lemmas_, lemma_ends_, low) != lemma) {
    return {};
  }
  return Part(lemma_words_, lemma_word_ends_, low, low + 1);
}

std::string TitleIndexPath(const std::string& shard_folder) {
  return shard_folder + "/titles.bin";
}

}  // namespace kbsearch::engine
