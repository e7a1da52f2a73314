#include "indexer/translations.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace kbsearch::indexer {
namespace {

// FNV-1a; addresses are no secret and collisions need two linked pages.
uint64_t Hash(std::string_view text) {
  uint64_t hash = 14695981039346656037ull;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  }
  return hash;
}

// "el/b/../a.html" → "el/a.html"
std::string WithoutDots(std::string_view path) {
  std::vector<absl::string_view> parts;
  for (absl::string_view part :
       absl::StrSplit(absl::string_view(path.data(), path.size()), '/',
                      absl::SkipEmpty())) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
  }
  return absl::StrJoin(parts, "/");
}

// Sets of pages, joined one by one.
class Sets {
 public:
  explicit Sets(size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), size_t{0});
  }
  size_t Find(size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  // The smaller number stays the set's name.
  void Join(size_t a, size_t b) {
    a = Find(a);
    b = Find(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<size_t> parents_;
};

bool Holds(const std::vector<uint64_t>& values, uint64_t value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

std::string NormalizedAddress(std::string_view address, std::string_view file) {
  address = address.substr(0, address.find('#'));
  const size_t scheme = address.find("://");
  std::string result;
  if (scheme != std::string_view::npos && scheme < 10) {
    address.remove_prefix(scheme + 1);
  }
  if (address.starts_with("//")) {
    const size_t path = std::min(address.find('/', 2), address.size());
    result = absl::AsciiStrToLower(absl::string_view(address.data(), path));
    result += address.substr(path);
  } else if (address.starts_with("/")) {
    result = address;
  } else {
    const size_t folder = file.rfind('/');
    result = folder == std::string_view::npos
                 ? std::string()
                 : std::string(file.substr(0, folder + 1));
    result = WithoutDots(result.append(address));
  }
  const size_t query = std::min(result.find('?'), result.size());
  if (query > 1 && result[query - 1] == '/') result.erase(query - 1, 1);
  return result;
}

void Translations::Add(uint32_t number, const Record& record) {
  if (record.links.alternates.empty()) return;
  Page page;
  page.number = number;
  page.id = record.article.id;
  page.language = record.article.language;
  const std::string& name = record.links.name;
  page.own.push_back(
      Hash(NormalizedAddress(name.substr(name.rfind('/') + 1), name)));
  if (!record.article.url.empty()) {
    page.own.push_back(Hash(NormalizedAddress(record.article.url, name)));
  }
  for (const AlternatePage& alternate : record.links.alternates) {
    const uint64_t address = Hash(NormalizedAddress(alternate.url, name));
    if (alternate.language == "x-default") {
      page.x_default = address;
    } else if (alternate.language == record.links.language) {
      page.own.push_back(address);  // it names itself
    } else {
      page.alternates.push_back(address);
    }
  }
  pages_.push_back(std::move(page));
}

std::unordered_map<uint32_t, std::string> Translations::Resolve() const {
  std::unordered_multimap<uint64_t, size_t> by_address;
  for (size_t i = 0; i < pages_.size(); ++i) {
    for (const uint64_t own : pages_[i].own) by_address.emplace(own, i);
  }
  const auto names = [this](size_t from, size_t to) {
    return std::any_of(
        pages_[to].own.begin(), pages_[to].own.end(),
        [&](uint64_t own) { return Holds(pages_[from].alternates, own); });
  };
  Sets sets(pages_.size());
  for (size_t i = 0; i < pages_.size(); ++i) {
    for (const uint64_t alternate : pages_[i].alternates) {
      const auto [begin, end] = by_address.equal_range(alternate);
      for (auto it = begin; it != end; ++it) {
        if (it->second != i && names(it->second, i)) sets.Join(i, it->second);
      }
    }
  }
  std::map<size_t, std::vector<size_t>> groups;
  for (size_t i = 0; i < pages_.size(); ++i) groups[sets.Find(i)].push_back(i);
  std::unordered_map<uint32_t, std::string> ids;
  for (const auto& [first, members] : groups) {
    if (members.size() < 2) continue;
    size_t leader = first;
    for (const size_t member : members) {
      if (pages_[first].x_default != 0 &&
          Holds(pages_[member].own, pages_[first].x_default)) {
        leader = member;
        break;
      }
    }
    std::set<std::string> languages = {pages_[leader].language};
    for (const size_t member : members) {
      if (member == leader ||
          !languages.insert(pages_[member].language).second) {
        continue;
      }
      if (pages_[member].id != pages_[leader].id) {
        ids[pages_[member].number] = pages_[leader].id;
      }
    }
  }
  return ids;
}

}  // namespace kbsearch::indexer
