// Reads a spelling dictionary in Hunspell's format (.aff and .dic) and lists
// every inflected form with its dictionary word. Used at build time.
#ifndef KBSEARCH_ANALYZERS_TABLES_AFFIX_EXPANDER_H_
#define KBSEARCH_ANALYZERS_TABLES_AFFIX_EXPANDER_H_

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::analyzers {

// Suffix rules; prefixes that make other words (in-voice, re-open) only where
// asked for. Prefixes that are elisions (l', qu') have none of that: the
// analysis takes them off before it looks a word up.
class AffixExpander {
 public:
  // Both files in UTF-8. DataLoss names the line that is not understood.
  static absl::StatusOr<AffixExpander> Read(const std::string& aff_path,
                                            const std::string& dic_path);

  // Calls `visit(form, word)` for every form of every word, the word itself
  // included unless it is marked as needing an affix. Forms may repeat.
  void ForEachForm(
      const std::function<void(const std::string& form,
                               const std::string& word)>& visit) const;

  // Calls `visit(form)` for every form of every word behind each prefix of
  // letters that the word takes.
  void ForEachPrefixedForm(
      const std::function<void(const std::string& form)>& visit) const;

 private:
  // One position of a condition: any of `letters`, or none of them.
  struct Position {
    std::u32string letters;
    bool negated = false;
    bool Accepts(char32_t c) const {
      return (letters.find(c) != letters.npos) != negated;
    }
  };
  struct Suffix {
    std::u32string strip;
    std::u32string add;
    std::vector<Position> condition;  // on the word's last letters
  };
  struct Entry {
    std::string word;
    std::vector<std::string> flags;
  };

  void ForEachFormOf(
      const Entry& entry,
      const std::function<void(const std::string& form)>& visit) const;
  absl::Status ReadAffixes(const std::string& path);
  absl::Status ReadWords(const std::string& path);
  std::vector<std::string> SplitFlags(std::string_view flags) const;
  static std::vector<Position> ParseCondition(std::string_view condition);

  bool long_flags_ = false;
  std::string needs_affix_;
  std::string forbidden_;
  std::unordered_map<std::string, std::vector<Suffix>> suffixes_;
  std::unordered_map<std::string, std::vector<std::string>> prefixes_;
  std::vector<Entry> entries_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_AFFIX_EXPANDER_H_
