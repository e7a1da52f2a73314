#include "engine/suggestion/article_place.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "engine/suggestion/folded_words.h"

namespace kbsearch::engine {
namespace {

// As fit-related prints them.
constexpr double kFoldersWeight = 1.8;
constexpr double kNamesWeight = 3.1;

constexpr size_t kLeastLetters = 3;

struct Place {
  std::vector<std::string> folders;
  std::set<std::string> words;  // of the name
};

size_t Characters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(),
                    [](char byte) { return (byte & 0xc0) != 0x80; }));
}

std::string WithoutExtension(const std::string& name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return name;
  return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1,
                     name.end(), absl::ascii_isalnum)
             ? name.substr(0, dot)
             : name;
}

Place Read(std::string_view id) {
  Place place;
  place.folders = absl::StrSplit(absl::string_view(id.data(), id.size()), '/');
  std::string name = WithoutExtension(place.folders.back());
  place.folders.pop_back();
  std::erase(place.folders, "");
  // Numbers tell nothing: "main0601" and "main0602" are both "main".
  std::replace_if(name.begin(), name.end(), absl::ascii_isdigit, ' ');
  for (FoldedWord& word : FoldWords(name)) {
    if (Characters(word.text) >= kLeastLetters) {
      place.words.insert(std::move(word.text));
    }
  }
  return place;
}

}  // namespace

PlaceLikeness ComparePlaces(std::string_view a, std::string_view b) {
  const Place first = Read(a);
  const Place second = Read(b);
  PlaceLikeness likeness;
  if (!first.folders.empty() && !second.folders.empty()) {
    const auto end = std::mismatch(first.folders.begin(), first.folders.end(),
                                   second.folders.begin(), second.folders.end())
                         .first;
    likeness.folders = static_cast<double>(end - first.folders.begin()) /
                       static_cast<double>(std::max(first.folders.size(),
                                                    second.folders.size()));
  }
  const auto common = static_cast<double>(std::count_if(
      first.words.begin(), first.words.end(),
      [&](const std::string& word) { return second.words.count(word) > 0; }));
  if (common > 0) {
    likeness.names =
        common /
        (static_cast<double>(first.words.size() + second.words.size()) -
         common);
  }
  return likeness;
}

double PlaceScore(const PlaceLikeness& likeness) {
  return kFoldersWeight * likeness.folders + kNamesWeight * likeness.names;
}

}  // namespace kbsearch::engine
