// How likely is it that somebody who meant one word typed another? An edit
// distance (Damerau's, in its restricted form: no letter is edited twice)
// whose steps cost what they cost people:
//
//   a letter too many, too few, or another      1
//   … another that is a neighbour on the keyboard   0.8
//   two letters swapped                         0.8
//   a letter doubled, or not                    0.45
//   what sounds or is spelt alike (confusions.txt)  as the file says
//   the first letter wrong                      0.3 more
//
//   Cost("επιστοφη", "επιστροφη") = 1
//   Cost("παραγγελεια", "παραγγελια") = 0.2    (ει ~ ι)
//   Cost("recieve", "receive") = 0.3            (ie ~ ei)
#ifndef KBSEARCH_ANALYZERS_SPELLING_EDIT_COSTS_H_
#define KBSEARCH_ANALYZERS_SPELLING_EDIT_COSTS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"
#include "analyzers/spelling/keyboard.h"

namespace kbsearch::analyzers {

// Of one language. Immutable, thread-safe.
class EditCosts {
 public:
  // No confusions, only slips on these keyboards.
  explicit EditCosts(std::vector<Keyboard> keyboards = {})
      : keyboards_(std::move(keyboards)) {}

  // Reads <code>/confusions.txt: lines "one other cost", either way; "-" is
  // nothing. The keyboards are those that the language is typed on.
  static absl::StatusOr<EditCosts> Load(const ResourceFolder& folder,
                                        std::string_view code,
                                        std::vector<Keyboard> keyboards);

  // Folded words. `limit` or more when the cost is not below it.
  double Cost(std::u32string_view typed, std::u32string_view meant,
              double limit) const;

 private:
  struct Confusion {
    std::u32string typed;
    std::u32string meant;
    double cost;
  };
  static constexpr char32_t kNothing = 0;

  double Substitution(char32_t typed, char32_t meant) const;
  double BestConfusion(std::u32string_view typed, std::u32string_view meant,
                       const std::vector<double>& table, size_t width) const;

  std::vector<Keyboard> keyboards_;
  // By the last letters of both sides.
  absl::flat_hash_map<std::pair<char32_t, char32_t>, std::vector<Confusion>>
      confusions_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SPELLING_EDIT_COSTS_H_
