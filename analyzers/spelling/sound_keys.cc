#include "analyzers/spelling/sound_keys.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

// Shorter beginnings say nothing about the word.
constexpr size_t kMinCommonSounds = 4;

void AppendSounds(std::string_view sounds, std::string* key) {
  for (const char sound : sounds) {
    if (key->empty() || key->back() != sound) *key += sound;
  }
}

}  // namespace

absl::StatusOr<SoundKeys::Letters> SoundKeys::ReadLetters(
    const ResourceFolder& folder, const std::string& name) {
  const auto table = folder.ReadTable(name);
  if (!table.ok()) return table.status();
  Letters letters;
  for (const std::vector<std::string>& row : *table) {
    Sounds& sounds = letters.sounds[row[0]];
    for (size_t i = 1; i < row.size(); ++i) {
      sounds.push_back(row[i] == "-" ? "" : row[i]);
    }
    letters.longest = std::max(letters.longest, row[0].size());
  }
  return letters;
}

bool IsHeldKey(std::u32string_view letters) {
  constexpr size_t kHeld = 3;
  size_t run = 0;
  for (size_t i = 0; i < letters.size(); ++i) {
    run = i > 0 && letters[i] == letters[i - 1] ? run + 1 : 1;
    if (run == kHeld) return true;
  }
  return run == letters.size() && run > 1;
}

absl::StatusOr<std::unique_ptr<const SoundKeys>> SoundKeys::Load(
    const ResourceFolder& folder, std::string_view code, Script script) {
  const std::string prefix =
      absl::StrCat(absl::string_view(code.data(), code.size()), "/");
  auto keys = std::make_unique<SoundKeys>();
  keys->script_ = script;
  absl::StatusOr<Letters> own = ReadLetters(folder, prefix + "sounds.txt");
  if (!own.ok()) return own.status();
  keys->own_ = *std::move(own);
  if (script != Script::kLatin) {
    absl::StatusOr<Letters> latin =
        ReadLetters(folder, prefix + "latin_sounds.txt");
    if (!latin.ok()) return latin.status();
    keys->latin_ = *std::move(latin);
  }
  const auto lines = folder.ReadLines(prefix + "endings.txt");
  if (!lines.ok()) return lines.status();
  keys->endings_.insert("");
  for (const std::string& line : *lines) {
    for (const absl::string_view ending :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      keys->endings_.insert(
          keys->KeyOf(Fold(std::string_view(ending.data(), ending.size()))));
    }
  }
  return keys;
}

std::vector<std::string> SoundKeys::Read(std::string_view word,
                                         const Letters& letters, size_t limit) {
  std::vector<std::string> keys(1);
  for (size_t at = 0; at < word.size();) {
    const Sounds* sounds = nullptr;
    size_t taken = std::min(letters.longest, word.size() - at);
    for (; taken > 0; --taken) {
      const auto found =
          letters.sounds.find(absl::string_view(word.data() + at, taken));
      if (found == letters.sounds.end()) continue;
      sounds = &found->second;
      break;
    }
    if (sounds == nullptr) {  // a letter that stands for itself
      size_t next = at;
      DecodeUtf8(word, &next);
      for (std::string& key : keys)
        AppendSounds(word.substr(at, next - at), &key);
      at = next;
      continue;
    }
    at += taken;
    // The likeliest reading of every key first, so that a cut drops the rest.
    std::vector<std::string> longer;
    for (const std::string& sound : *sounds) {
      for (const std::string& key : keys) {
        if (longer.size() >= limit) break;
        AppendSounds(sound, &longer.emplace_back(key));
      }
    }
    keys = std::move(longer);
  }
  std::vector<std::string> distinct;
  for (std::string& key : keys) {
    if (std::find(distinct.begin(), distinct.end(), key) == distinct.end()) {
      distinct.push_back(std::move(key));
    }
  }
  return distinct;
}

std::string SoundKeys::KeyOf(std::string_view word) const {
  return Read(word, own_, 1).front();
}

std::vector<std::string> SoundKeys::KeysOfLatin(std::string_view word) const {
  if (latin_.sounds.empty()) return {};
  return Read(word, latin_, kMaxReadings);
}

bool SoundKeys::AreForms(std::string_view key, std::string_view other) const {
  const auto differ =
      std::mismatch(key.begin(), key.end(), other.begin(), other.end());
  // An ending may begin before the first difference (κωδικ-ος, κωδικ-ο).
  for (auto common = static_cast<size_t>(differ.first - key.begin());
       common >= kMinCommonSounds; --common) {
    const std::string_view end = key.substr(common);
    const std::string_view other_end = other.substr(common);
    if (end.size() > 5 || other_end.size() > 5) return false;
    if (endings_.contains(absl::string_view(end.data(), end.size())) &&
        endings_.contains(
            absl::string_view(other_end.data(), other_end.size()))) {
      return true;
    }
  }
  return false;
}

}  // namespace kbsearch::analyzers
