#include "engine/rescue/delete_index.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

constexpr std::string_view kKind = "DELETES1";
constexpr size_t kPrefix = 7;
constexpr size_t kMinLetters = 3;
constexpr size_t kMaxLetters = 40;
// Shorter words are filed under one deletion only: with two, everything short
// is like everything else.
constexpr size_t kTwoDeletions = 5;

constexpr size_t kNone = SIZE_MAX;

// FNV-1a over the code points but those at `one` and `two`.
uint32_t HashWithout(std::u32string_view text, size_t one, size_t two) {
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == one || i == two) continue;
    hash = (hash ^ static_cast<uint32_t>(text[i])) * 16777619U;
  }
  return hash;
}

// Hashes of the beginning with 0, 1 or 2 letters deleted, each once.
void FindRests(std::u32string_view word, std::vector<uint32_t>* hashes) {
  const std::u32string_view start = word.substr(0, kPrefix);
  hashes->assign(1, HashWithout(start, kNone, kNone));
  for (size_t i = 0; i < start.size(); ++i) {
    hashes->push_back(HashWithout(start, i, kNone));
    if (word.size() < kTwoDeletions) continue;
    for (size_t j = i + 1; j < start.size(); ++j) {
      hashes->push_back(HashWithout(start, i, j));
    }
  }
  std::sort(hashes->begin(), hashes->end());
  hashes->erase(std::unique(hashes->begin(), hashes->end()), hashes->end());
}

}  // namespace

absl::StatusOr<std::unique_ptr<const DeleteIndex>> DeleteIndex::Open(
    const std::string& path, size_t words) {
  absl::StatusOr<std::unique_ptr<const ColumnFile>> file =
      ColumnFile::Open(path, kKind, 2);
  if (!file.ok()) return file.status();
  std::unique_ptr<DeleteIndex> index(new DeleteIndex(*std::move(file)));
  index->hashes_ = index->file_->Numbers<uint32_t>(0);
  index->ids_ = index->file_->Numbers<uint32_t>(1);
  if (index->hashes_.size() != index->ids_.size() ||
      std::any_of(index->ids_.begin(), index->ids_.end(),
                  [&](uint32_t id) { return id >= words; })) {
    return index->file_->Damaged("made of another vocabulary");
  }
  return index;
}

std::vector<uint32_t> DeleteIndex::Find(std::u32string_view word) const {
  std::vector<uint32_t> found;
  if (word.size() < kMinLetters || word.size() > kMaxLetters) return found;
  std::vector<uint32_t> rests;
  FindRests(word, &rests);
  for (const uint32_t hash : rests) {
    auto at = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
    for (; at != hashes_.end() && *at == hash; ++at) {
      found.push_back(ids_[static_cast<size_t>(at - hashes_.begin())]);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

absl::Status WriteDeleteIndex(const ShardVocabulary& vocabulary,
                              const std::string& path) {
  std::vector<uint64_t> entries;  // hash, word: as one number sorted faster
  std::vector<uint32_t> rests;
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const VocabularyWord entry = vocabulary.at(id);
    if (!entry.is_written) continue;
    const std::u32string word = analyzers::ToUtf32(entry.word);
    if (word.size() < kMinLetters || word.size() > kMaxLetters ||
        !std::all_of(word.begin(), word.end(), analyzers::IsLetter)) {
      continue;
    }
    FindRests(word, &rests);
    for (const uint32_t hash : rests) {
      entries.push_back(uint64_t{hash} << 32 | id);
    }
  }
  std::sort(entries.begin(), entries.end());
  // A column after the other: they are the largest of all side files.
  ColumnFileWriter file(kKind);
  for (const int shift : {32, 0}) {
    std::string column(entries.size() * sizeof(uint32_t), '\0');
    char* out = column.data();
    for (const uint64_t entry : entries) {
      const auto number = static_cast<uint32_t>(entry >> shift);
      std::memcpy(out, &number, sizeof(number));
      out += sizeof(number);
    }
    file.Take(std::move(column));
  }
  return file.Write(path);
}

}  // namespace kbsearch::engine
