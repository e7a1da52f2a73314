// Words by their sound, so that one word meets itself in two alphabets and in
// two spellings. Data: <code>/sounds.txt (the language's own letters) and,
// where these are not Latin, <code>/latin_sounds.txt (the same sounds in Latin
// letters, ambiguous).
//
//   el: KeyOf("κωδικος") = "kodikos"; KeysOfLatin("kwdikos") = {"kodikos"}
//       KeysOfLatin("epistrofh") = {"epistrofi", "epistrofx"}
//   ru: KeyOf("личный") = "liCni"; KeysOfLatin("lichnyj") = {"liCni", "liCniZ"}
//   nl: KeyOf("buroblad") = KeyOf("bureaublad") = "puroplat"
#ifndef KBSEARCH_ANALYZERS_SPELLING_SOUND_KEYS_H_
#define KBSEARCH_ANALYZERS_SPELLING_SOUND_KEYS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "analyzers/characters.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Whether the letters are a key that was held, or a trial: one letter three
// times in a row, or twice and nothing else. No word has that, but by its
// sound, in which doubled letters are one, it is the beginning of many.
//   "zzzz", "ζζ", "helllo": true; "zoo": false
bool IsHeldKey(std::u32string_view letters);

// Of one language. Immutable, thread-safe.
class SoundKeys {
 public:
  // Readings of one word that are considered.
  static constexpr size_t kMaxReadings = 64;

  static absl::StatusOr<std::unique_ptr<const SoundKeys>> Load(
      const ResourceFolder& folder, std::string_view code, Script script);

  // The script of the language's own letters.
  Script script() const { return script_; }

  // `word` is folded and in the language's own letters.
  std::string KeyOf(std::string_view word) const;
  // Keys of what a word in Latin letters may stand for, likeliest first; none
  // when these are the language's own letters.
  std::vector<std::string> KeysOfLatin(std::string_view word) const;

  // Whether two keys may be two forms of one word: they begin alike, and what
  // is left are endings of inflection.
  bool AreForms(std::string_view key, std::string_view other) const;

 private:
  using Sounds = std::vector<std::string>;  // alternatives
  struct Letters {
    absl::flat_hash_map<std::string, Sounds> sounds;
    size_t longest = 1;  // bytes
  };
  static absl::StatusOr<Letters> ReadLetters(const ResourceFolder& folder,
                                             const std::string& name);
  static std::vector<std::string> Read(std::string_view word,
                                       const Letters& letters, size_t limit);

  Script script_ = Script::kLatin;
  Letters own_;
  Letters latin_;
  absl::flat_hash_set<std::string> endings_;  // as keys
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SPELLING_SOUND_KEYS_H_
