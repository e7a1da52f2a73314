// What the rescue of a misspelt or mistyped query needs to know of the
// languages: edit costs, sounds, keyboards.
#ifndef KBSEARCH_ANALYZERS_SPELLING_SPELLING_RULES_H_
#define KBSEARCH_ANALYZERS_SPELLING_SPELLING_RULES_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "analyzers/characters.h"
#include "analyzers/resource_folder.h"
#include "analyzers/spelling/edit_costs.h"
#include "analyzers/spelling/keyboard.h"
#include "analyzers/spelling/sound_keys.h"

namespace kbsearch::analyzers {

// The endings of inflection of a language, folded (<code>/endings.txt).
class Endings {
 public:
  static absl::StatusOr<Endings> Load(const ResourceFolder& folder,
                                      std::string_view code);

  // The word without its longest ending; the whole word where less than four
  // letters would be left. "επιστροφεσ" → "επιστροφ".
  std::u32string_view Strip(std::u32string_view word) const;

 private:
  absl::flat_hash_set<std::u32string> endings_;
  size_t longest_ = 0;
};

struct LanguageSpelling {
  Script script = Script::kLatin;
  EditCosts costs;
  Endings endings;
  std::unique_ptr<const SoundKeys> sounds;
  std::vector<std::string> keyboards;  // that it is typed on, usual first
};

// Immutable, thread-safe.
class SpellingRules {
 public:
  static absl::StatusOr<std::unique_ptr<const SpellingRules>> Load(
      const ResourceFolder& folder);

  // A language without lists of its own is read as Latin letters typed on
  // QWERTY, in which every slip costs the same.
  const LanguageSpelling& Of(const std::string& language) const {
    const auto found = languages_.find(language);
    return found == languages_.end() ? plain_ : found->second;
  }
  const std::map<std::string, Keyboard>& keyboards() const {
    return keyboards_;
  }

 private:
  std::map<std::string, Keyboard> keyboards_;  // by name
  std::map<std::string, LanguageSpelling> languages_;
  LanguageSpelling plain_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SPELLING_SPELLING_RULES_H_
