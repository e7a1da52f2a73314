// The languages kbsearch knows, in one table (registry.cc), and the shared
// immutable resources (stop lists, tables, language model) behind them.
#ifndef KBSEARCH_ANALYZERS_REGISTRY_H_
#define KBSEARCH_ANALYZERS_REGISTRY_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "analyzers/analyzer.h"
#include "analyzers/language_identifier.h"
#include "analyzers/spelling/spelling_rules.h"

namespace kbsearch::analyzers {

struct LanguageInfo {
  std::string_view code;          // "el"
  std::string_view english_name;  // "Greek"
  std::string_view native_name;   // "Ελληνικά"
};

// Thread-safe after Load; shared by all threads of a program.
class Registry {
 public:
  // Reads the language resources from `directory` (installed as
  // share/kbsearch/analyzers). An empty string means: $KBSEARCH_RESOURCES, else
  // ../share/kbsearch beside the program, else the build tree's own.
  // NotFound names the file that is missing and the remedy.
  static absl::StatusOr<std::shared_ptr<const Registry>> Load(
      std::string_view directory = {});
  virtual ~Registry() = default;

  virtual std::span<const LanguageInfo> languages() const = 0;
  virtual bool Knows(std::string_view code) const = 0;

  // "el", "el-GR", "EL_gr" → "el"; empty when the language is not known.
  virtual std::string Normalize(std::string_view code) const = 0;

  // A new analyzer for one thread. REQUIRES: Knows(code).
  // The analyzer keeps what it needs of this registry alive.
  virtual std::unique_ptr<Analyzer> NewAnalyzer(
      std::string_view code) const = 0;

  virtual const LanguageIdentifier& identifier() const = 0;

  virtual const SpellingRules& spelling() const = 0;

  // Whether the dictionary of a language has this folded word form.
  // REQUIRES: Knows(code).
  virtual bool IsWord(std::string_view code, std::string_view folded) const = 0;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_REGISTRY_H_
