// Keyboard layouts: which characters share a key, and which keys are
// neighbours.
//
//   Retype("gfhjkm", qwerty, jcuken)     = "пароль"
//   Retype("s;yndesh", qwerty, greek)    = "σύνδεση"   (';' is the dead tonos)
//   Retype("λογιν", greek, qwerty)       = "login"
//   Retype(",ot de pqsse", azerty, qwerty) = "mot de passe"
#ifndef KBSEARCH_ANALYZERS_SPELLING_KEYBOARD_H_
#define KBSEARCH_ANALYZERS_SPELLING_KEYBOARD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Immutable, thread-safe.
class Keyboard {
 public:
  struct Key {
    int row = 0;  // 0 is the row of digits
    int column = 0;
    bool shift = false;
  };

  // Reads keyboards/<name>.txt; DataLoss when the rows are not eight.
  static absl::StatusOr<Keyboard> Load(const ResourceFolder& folder,
                                       std::string_view name);

  const std::string& name() const { return name_; }
  std::optional<Key> Find(char32_t c) const;
  // 0 when the layout has no such key.
  char32_t At(const Key& key) const;
  // Whether a finger that aims at one may hit the other. Lower case.
  bool AreNeighbours(char32_t a, char32_t b) const;

 private:
  static constexpr int kRows = 4;

  std::string name_;
  std::vector<std::u32string> rows_;  // kRows as typed, kRows with Shift
  absl::flat_hash_map<char32_t, Key> keys_;
};

// What would stand there had the same keys been pressed on `meant`. Characters
// that `typed` has no key for stay.
std::string Retype(std::string_view text, const Keyboard& typed,
                   const Keyboard& meant);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SPELLING_KEYBOARD_H_
