#include "engine/completion/word_ranges.h"

#include <algorithm>
#include <string>

#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

// The words that share their first `depth` bytes.
struct Node {
  size_t first = 0;
  size_t last = 0;
  size_t depth = 0;

  bool empty() const { return first == last; }
};

class Tree {
 public:
  explicit Tree(const ShardVocabulary& words) : words_(words) {}

  Node root() const { return {0, words_.size(), 0}; }

  // The words of `node` that go on with `rest`.
  Node Follow(const Node& node, std::string_view rest) const {
    const size_t first = Bound(node, [&](std::string_view tail) {
      return tail.substr(0, rest.size()) < rest;
    });
    // Mostly there is none.
    if (first == node.last ||
        !words_.word(first).substr(node.depth).starts_with(rest)) {
      return {first, first, node.depth + rest.size()};
    }
    const size_t last =
        Bound({first, node.last, node.depth}, [&](std::string_view tail) {
          return tail.substr(0, rest.size()) == rest;
        });
    return {first, last, node.depth + rest.size()};
  }

  // Calls `visit` with each letter that words of `node` go on with and the
  // words that do.
  template <typename Visit>
  void ForEachChild(const Node& node, Visit visit) const {
    size_t at = node.first;
    // The word that ends here comes before those that go on.
    if (at < node.last && words_.word(at).size() == node.depth) ++at;
    while (at < node.last) {
      const std::string_view tail = words_.word(at).substr(node.depth);
      size_t bytes = 0;
      const char32_t letter = analyzers::DecodeUtf8(tail, &bytes);
      const Node child =
          Follow({at, node.last, node.depth}, tail.substr(0, bytes));
      visit(letter, child);
      at = child.last;
    }
  }

  // The word that ends at the node, if there is one, as a range.
  WordRange WordAt(const Node& node) const {
    const bool ends =
        !node.empty() && words_.word(node.first).size() == node.depth;
    return {node.first, node.first + (ends ? 1 : 0)};
  }

 private:
  // The first word of the node of whose rest `before` is not true.
  template <typename Before>
  size_t Bound(const Node& node, Before before) const {
    size_t low = node.first;
    size_t high = node.last;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (before(words_.word(middle).substr(node.depth))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  const ShardVocabulary& words_;
};

class SlipFinder {
 public:
  SlipFinder(const ShardVocabulary& words, std::u32string_view typed,
             SlipIn where)
      : tree_(words), where_(where), letters_(typed) {
    starts_.reserve(typed.size() + 1);
    for (const char32_t letter : typed) {
      starts_.push_back(text_.size());
      analyzers::AppendUtf8(letter, &text_);
    }
    starts_.push_back(text_.size());
  }

  WordRanges Find() {
    Node node = tree_.root();
    for (size_t i = 0; i <= letters_.size() && !node.empty(); ++i) {
      LeaveAt(node, i);
      if (i == letters_.size()) {
        Keep(node);
      } else {
        node = tree_.Follow(node, Letter(i));
      }
    }
    return Arrange(std::move(found_));
  }

 private:
  std::string_view Letter(size_t i) const {
    return std::string_view(text_).substr(starts_[i],
                                          starts_[i + 1] - starts_[i]);
  }
  std::string_view From(size_t i) const {
    return std::string_view(text_).substr(starts_[i]);
  }

  // The slip is at letter `i`, behind those that led to `node`.
  void LeaveAt(const Node& node, size_t i) {
    const bool at_end = i == letters_.size();
    if (i + 1 < letters_.size() && letters_[i] != letters_[i + 1]) {  // swapped
      std::string rest(Letter(i + 1));
      rest += Letter(i);
      rest += From(i + 2);
      Keep(tree_.Follow(node, rest));
    }
    if (i == 0 && letters_.size() < kMinFirstSlipLetters) return;
    if (!at_end) Keep(tree_.Follow(node, From(i + 1)));  // an extra letter
    // Behind the last letter of a beginning nothing is missing.
    if (at_end && where_ == SlipIn::kBeginning) return;
    tree_.ForEachChild(node, [&](char32_t letter, const Node& child) {
      Keep(tree_.Follow(child, From(i)));  // `letter` is missing
      if (!at_end && letter != letters_[i]) {
        Keep(tree_.Follow(child, From(i + 1)));  // or should stand here
      }
    });
  }

  void Keep(const Node& node) {
    const WordRange range = where_ == SlipIn::kBeginning
                                ? WordRange{node.first, node.last}
                                : tree_.WordAt(node);
    if (range.first < range.last) found_.push_back(range);
  }

  const Tree tree_;
  const SlipIn where_;
  const std::u32string_view letters_;
  std::string text_;            // letters_ in UTF-8
  std::vector<size_t> starts_;  // of each letter, and the end
  WordRanges found_;
};

}  // namespace

WordRanges FindSlips(const ShardVocabulary& vocabulary,
                     std::u32string_view typed, SlipIn where) {
  if (typed.size() < kMinSlipLetters || typed.size() > kMaxSlipLetters) {
    return {};
  }
  return SlipFinder(vocabulary, typed, where).Find();
}

WordRanges Arrange(WordRanges ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const WordRange& a, const WordRange& b) {
              return a.first != b.first ? a.first < b.first : a.last > b.last;
            });
  WordRanges apart;
  for (const WordRange& range : ranges) {
    if (apart.empty() || range.first >= apart.back().last) {
      apart.push_back(range);
    }
  }
  return apart;
}

bool Holds(const WordRanges& ranges, size_t id) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), id,
                       [](size_t wanted, const WordRange& range) {
                         return wanted < range.first;
                       });
  return after != ranges.begin() && id < std::prev(after)->last;
}

}  // namespace kbsearch::engine
