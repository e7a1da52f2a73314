#include "analyzers/spelling/edit_costs.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

constexpr double kNeighbour = 0.8;
constexpr double kSwapped = 0.8;
constexpr double kDoubled = 0.45;
constexpr double kFirstLetter = 0.3;

std::u32string Side(const std::string& field) {
  return field == "-" ? std::u32string() : ToUtf32(field);
}

char32_t Last(std::u32string_view text, char32_t nothing) {
  return text.empty() ? nothing : text.back();
}

bool EndsWith(std::u32string_view text, std::u32string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

// What a letter too many (or, seen from the other side, too few) costs.
double Extra(std::u32string_view word, size_t i) {
  const bool doubled = (i > 0 && word[i] == word[i - 1]) ||
                       (i + 1 < word.size() && word[i] == word[i + 1]);
  return doubled ? kDoubled : 1.0;
}

}  // namespace

absl::StatusOr<EditCosts> EditCosts::Load(const ResourceFolder& folder,
                                          std::string_view code,
                                          std::vector<Keyboard> keyboards) {
  EditCosts costs(std::move(keyboards));
  const std::string file = absl::StrCat(
      absl::string_view(code.data(), code.size()), "/confusions.txt");
  const auto table = folder.ReadTable(file);
  if (!table.ok()) return table.status();
  for (const std::vector<std::string>& row : *table) {
    double cost = 0;
    if (row.size() != 3 || !absl::SimpleAtod(row[2], &cost) || cost <= 0) {
      return absl::DataLossError(
          absl::StrCat("language resource ", folder.PathOf(file),
                       ": the line of '", row[0], "' is not 'one other cost'"));
    }
    Confusion one{Side(row[0]), Side(row[1]), cost};
    Confusion other{one.meant, one.typed, cost};
    for (Confusion* way : {&one, &other}) {
      costs
          .confusions_[{Last(way->typed, kNothing), Last(way->meant, kNothing)}]
          .push_back(std::move(*way));
    }
  }
  return costs;
}

double EditCosts::Substitution(char32_t typed, char32_t meant) const {
  if (typed == meant) return 0;
  for (const Keyboard& keyboard : keyboards_) {
    if (keyboard.AreNeighbours(typed, meant)) return kNeighbour;
  }
  return 1;
}

// The cheapest way to come to the end of both by a confusion.
double EditCosts::BestConfusion(std::u32string_view typed,
                                std::u32string_view meant,
                                const std::vector<double>& table,
                                size_t width) const {
  double best = 1e9;
  const auto try_all = [&](char32_t a, char32_t b) {
    const auto found = confusions_.find({a, b});
    if (found == confusions_.end()) return;
    for (const Confusion& confusion : found->second) {
      if (!EndsWith(typed, confusion.typed) ||
          !EndsWith(meant, confusion.meant)) {
        continue;
      }
      const double before =
          table[(typed.size() - confusion.typed.size()) * width + meant.size() -
                confusion.meant.size()];
      best = std::min(best, before + confusion.cost);
    }
  };
  const char32_t a = Last(typed, kNothing);
  const char32_t b = Last(meant, kNothing);
  try_all(a, b);
  try_all(a, kNothing);
  try_all(kNothing, b);
  return best;
}

double EditCosts::Cost(std::u32string_view typed, std::u32string_view meant,
                       double limit) const {
  const size_t width = meant.size() + 1;
  std::vector<double> table((typed.size() + 1) * width, 0.0);
  for (size_t i = 0; i <= typed.size(); ++i) {
    double row_best = 1e9;
    for (size_t j = 0; j <= meant.size(); ++j) {
      if (i == 0 && j == 0) {
        row_best = 0;
        continue;
      }
      double best = 1e9;
      const auto at = [&](size_t a, size_t b) { return table[a * width + b]; };
      const double first = i <= 1 && j <= 1 ? kFirstLetter : 0;
      if (i > 0) {
        best = at(i - 1, j) + Extra(typed, i - 1) + (j == 0 ? first : 0);
      }
      if (j > 0) {
        best = std::min(
            best, at(i, j - 1) + Extra(meant, j - 1) + (i == 0 ? first : 0));
      }
      if (i > 0 && j > 0) {
        const double other = Substitution(typed[i - 1], meant[j - 1]);
        best =
            std::min(best, at(i - 1, j - 1) + other + (other > 0 ? first : 0));
      }
      if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] &&
          typed[i - 2] == meant[j - 1] && typed[i - 1] != typed[i - 2]) {
        best = std::min(best, at(i - 2, j - 2) + kSwapped);
      }
      best = std::min(best, BestConfusion(typed.substr(0, i),
                                          meant.substr(0, j), table, width));
      table[i * width + j] = best;
      row_best = std::min(row_best, best);
    }
    // Confusions reach back over a few rows at most one letter's worth.
    if (row_best > limit + 1) return limit;
  }
  return table.back();
}

}  // namespace kbsearch::analyzers
