#include "engine/rescue/sound_index.h"

#include <algorithm>

#include "absl/status/status.h"
#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

constexpr std::string_view kKind = "SOUNDS1";
// Readings of a Latin word that are filed, so that it is found for the same
// word written in the language's letters.
constexpr size_t kLatinReadings = 4;
// What of a key other forms of the word must share, and how many are looked at.
constexpr size_t kMinStem = 4;
constexpr size_t kLongestEnding = 5;
constexpr size_t kMaxScanned = 400;

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const SoundIndex>> SoundIndex::Open(
    const std::string& path, size_t words) {
  absl::StatusOr<std::unique_ptr<const ColumnFile>> file =
      ColumnFile::Open(path, kKind, 3);
  if (!file.ok()) return file.status();
  std::unique_ptr<SoundIndex> index(new SoundIndex(*std::move(file)));
  index->ends_ = index->file_->Numbers<uint32_t>(0);
  index->ids_ = index->file_->Numbers<uint32_t>(1);
  index->keys_ = index->file_->Text(2);
  if (index->ends_.size() != index->ids_.size() ||
      !std::is_sorted(index->ends_.begin(), index->ends_.end()) ||
      (!index->ends_.empty() && index->ends_.back() != index->keys_.size()) ||
      std::any_of(index->ids_.begin(), index->ids_.end(),
                  [&](uint32_t id) { return id >= words; })) {
    return index->file_->Damaged("made of another vocabulary");
  }
  return index;
}

size_t SoundIndex::LowerBound(std::string_view key) const {
  size_t low = 0;
  size_t high = ends_.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (Key(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void SoundIndex::Find(std::string_view key, std::vector<uint32_t>* ids) const {
  for (size_t i = LowerBound(key); i < ends_.size() && Key(i) == key; ++i) {
    ids->push_back(ids_[i]);
  }
}

void SoundIndex::FindBeginning(std::string_view key, size_t limit,
                               std::vector<uint32_t>* ids) const {
  const size_t first = LowerBound(key);
  for (size_t i = first; i < ends_.size() && i - first < limit; ++i) {
    if (!StartsWith(Key(i), key)) return;
    ids->push_back(ids_[i]);
  }
}

void SoundIndex::FindForms(std::string_view key,
                           const analyzers::SoundKeys& sounds,
                           std::vector<uint32_t>* ids) const {
  if (key.size() < kMinStem) return;
  const std::string_view stem = key.substr(
      0, std::max(kMinStem, key.size() - std::min(key.size(), kLongestEnding)));
  const size_t first = LowerBound(stem);
  for (size_t i = first;
       i < ends_.size() && i < first + kMaxScanned && StartsWith(Key(i), stem);
       ++i) {
    if (sounds.AreForms(key, Key(i))) ids->push_back(ids_[i]);
  }
}

absl::Status WriteSoundIndex(const ShardVocabulary& vocabulary,
                             const analyzers::SoundKeys& sounds,
                             const std::string& path) {
  std::vector<std::pair<std::string, uint32_t>> entries;
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const VocabularyWord entry = vocabulary.at(id);
    if (!entry.is_written) continue;
    size_t at = 0;
    const analyzers::Script script =
        analyzers::ClassOf(analyzers::DecodeUtf8(entry.word, &at)).script;
    if (script == sounds.script()) {
      entries.emplace_back(sounds.KeyOf(entry.word), id);
    } else if (script == analyzers::Script::kLatin) {
      std::vector<std::string> keys = sounds.KeysOfLatin(entry.word);
      if (keys.size() > kLatinReadings) keys.resize(kLatinReadings);
      for (std::string& key : keys) entries.emplace_back(std::move(key), id);
    }
  }
  std::sort(entries.begin(), entries.end());
  std::vector<uint32_t> ends, ids;
  std::string keys;
  for (const auto& [key, id] : entries) {
    keys += key;
    ends.push_back(static_cast<uint32_t>(keys.size()));
    ids.push_back(id);
  }
  ColumnFileWriter file(kKind);
  file.Add(ends);
  file.Add(ids);
  file.Add(keys);
  return file.Write(path);
}

}  // namespace kbsearch::engine
