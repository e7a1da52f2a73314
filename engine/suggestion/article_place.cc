#include "engine/suggestion/article_place.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "engine/suggestion/folded_words.h"

namespace kbsearch::engine {
namespace {

// Chosen on halves of a judged set (docs/relevance.md).
constexpr double kFoldersWeight = 1.8;
constexpr double kNamesWeight = 3.1;

constexpr size_t kLeastLetters = 3;

// A name's word counts while at most this share of its folder's names holds it.
constexpr double kCommonShare = 0.5;

struct Place {
  std::vector<std::string> folders;
  std::set<std::string> words;  // of the name; none without a folder
};

size_t Characters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(),
                    [](char byte) { return (byte & 0xc0) != 0x80; }));
}

bool IsNumber(const std::string& word) {
  return std::all_of(word.begin(), word.end(), absl::ascii_isdigit);
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
  const std::string name = WithoutExtension(place.folders.back());
  place.folders.pop_back();
  std::erase(place.folders, "");
  if (place.folders.empty()) return place;
  for (FoldedWord& word : FoldWords(name)) {
    if (Characters(word.text) >= kLeastLetters && !IsNumber(word.text)) {
      place.words.insert(std::move(word.text));
    }
  }
  return place;
}

// Words that most names of `place`'s folder hold, its own and those of `others`
// there: they name the kind of page ("article-17" among articles), not the
// matter.
std::set<std::string> CommonWords(const Place& place,
                                  const std::set<std::string_view>& others) {
  std::map<std::string, size_t> holders;
  size_t names = 1;
  for (const std::string_view id : others) {
    const Place other = Read(id);
    if (other.folders != place.folders) continue;
    ++names;
    for (const std::string& word : other.words) ++holders[word];
  }
  std::set<std::string> common;
  for (const std::string& word : place.words) {
    const auto found = holders.find(word);
    if (found != holders.end() &&
        static_cast<double>(found->second + 1) >
            kCommonShare * static_cast<double>(names)) {
      common.insert(word);
    }
  }
  return common;
}

PlaceLikeness Compare(const Place& first, const Place& second) {
  PlaceLikeness likeness;
  if (first.folders.empty() || second.folders.empty()) return likeness;
  const auto end = std::mismatch(first.folders.begin(), first.folders.end(),
                                 second.folders.begin(), second.folders.end())
                       .first;
  likeness.folders = static_cast<double>(end - first.folders.begin()) /
                     static_cast<double>(
                         std::max(first.folders.size(), second.folders.size()));
  const auto common = static_cast<double>(std::count_if(
      first.words.begin(), first.words.end(),
      [&](const std::string& word) { return second.words.contains(word); }));
  if (common > 0) {
    likeness.names =
        common /
        (static_cast<double>(first.words.size() + second.words.size()) -
         common);
  }
  return likeness;
}

}  // namespace

std::vector<PlaceLikeness> ComparePlaces(
    std::string_view id, std::span<const std::string_view> others) {
  Place own = Read(id);
  const std::set<std::string> common =
      CommonWords(own, {others.begin(), others.end()});
  for (const std::string& word : common) own.words.erase(word);
  std::vector<PlaceLikeness> likenesses;
  likenesses.reserve(others.size());
  for (const std::string_view id_of_other : others) {
    Place other = Read(id_of_other);
    for (const std::string& word : common) other.words.erase(word);
    likenesses.push_back(Compare(own, other));
  }
  return likenesses;
}

double PlaceScore(const PlaceLikeness& likeness) {
  return kFoldersWeight * likeness.folders + kNamesWeight * likeness.names;
}

}  // namespace kbsearch::engine
