#include "analyzers/spelling/keyboard.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

// How far each row stands to the right of the one of digits, in keys.
constexpr std::array<double, 4> kStagger = {0, 0.5, 0.75, 1.25};
constexpr double kReach = 1.3;

char32_t ReadKey(absl::string_view field) {
  if (absl::ConsumePrefix(&field, "U+") && !field.empty()) {
    return static_cast<char32_t>(
        std::strtoul(std::string(field).c_str(), nullptr, 16));
  }
  const std::u32string letters = ToUtf32({field.data(), field.size()});
  return letters.size() == 1 ? letters.front() : U'\0';
}

}  // namespace

absl::StatusOr<Keyboard> Keyboard::Load(const ResourceFolder& folder,
                                        std::string_view name) {
  const std::string file = absl::StrCat(
      "keyboards/", absl::string_view(name.data(), name.size()), ".txt");
  absl::StatusOr<std::vector<std::string>> lines = folder.ReadLines(file);
  if (!lines.ok()) return lines.status();
  const auto damaged = [&](absl::string_view why) {
    return absl::DataLossError(
        absl::StrCat("language resource ", folder.PathOf(file), ": ", why));
  };
  if (lines->size() != 2 * kRows) return damaged("wanted eight rows of keys");
  Keyboard keyboard;
  keyboard.name_ = std::string(name);
  for (const std::string& line : *lines) {
    std::u32string& row = keyboard.rows_.emplace_back();
    for (const absl::string_view field :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      const char32_t c = ReadKey(field);
      if (c == 0) return damaged(absl::StrCat("'", field, "' is no key"));
      const auto number = static_cast<int>(keyboard.rows_.size()) - 1;
      keyboard.keys_.try_emplace(
          c,
          Key{number % kRows, static_cast<int>(row.size()), number >= kRows});
      row += c;
    }
  }
  return keyboard;
}

std::optional<Keyboard::Key> Keyboard::Find(char32_t c) const {
  const auto found = keys_.find(c);
  if (found == keys_.end()) return std::nullopt;
  return found->second;
}

char32_t Keyboard::At(const Key& key) const {
  const std::u32string& row =
      rows_[static_cast<size_t>(key.row + (key.shift ? kRows : 0))];
  const auto column = static_cast<size_t>(key.column);
  return column < row.size() ? row[column] : U'\0';
}

bool Keyboard::AreNeighbours(char32_t a, char32_t b) const {
  const std::optional<Key> one = Find(a);
  const std::optional<Key> other = Find(b);
  if (!one || !other || one->shift != other->shift) return false;
  const auto at = [](const Key& key) {
    return key.column + kStagger[static_cast<size_t>(key.row)];
  };
  return std::hypot(at(*one) - at(*other), one->row - other->row) < kReach;
}

std::string Retype(std::string_view text, const Keyboard& typed,
                   const Keyboard& meant) {
  std::u32string retyped;
  char32_t dead = 0;  // pressed, waiting for its letter
  for (const char32_t c : ToUtf32(text)) {
    std::optional<Keyboard::Key> key = typed.Find(c);
    if (!key) {
      // A letter that took a dead key: "ί" is on the key of "ι".
      const std::u32string base = ToUtf32(Fold(std::u32string_view(&c, 1)));
      if (base.size() == 1) key = typed.Find(base.front());
    }
    char32_t out = key ? meant.At(*key) : c;
    if (out == 0) out = c;
    if (IsMark(out)) {
      dead = out;
      continue;
    }
    retyped += out;
    if (dead != 0 && IsLetter(out)) retyped += dead;
    dead = 0;
  }
  return Lower(std::u32string_view(retyped));
}

}  // namespace kbsearch::analyzers
