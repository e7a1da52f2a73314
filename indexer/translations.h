// Which pages are one article in several languages, by what they say of one
// another (link rel="alternate" hreflang).
#ifndef KBSEARCH_INDEXER_TRANSLATIONS_H_
#define KBSEARCH_INDEXER_TRANSLATIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/reader.h"

namespace kbsearch::indexer {

// Not thread-safe. Keeps eight bytes of every address.
class Translations {
 public:
  // `number` counts the records from 0. Records without links cost nothing.
  void Add(uint32_t number, const Record& record);

  // The article's id for each record that has to have another than its own: the
  // pages that name each other as alternates share the id of the one that is
  // their x-default, else of the first. A link that is not returned, or a
  // second page of a language, does not count.
  //   el/kodikos.html ↔ en/password.html → both "password"
  std::unordered_map<uint32_t, std::string> Resolve() const;

 private:
  struct Page {
    uint32_t number;
    std::string id;
    std::string language;
    std::vector<uint64_t> own;         // addresses that are this page
    std::vector<uint64_t> alternates;  // addresses it names
    uint64_t x_default = 0;
  };

  std::vector<Page> pages_;
};

// "HTTPS://Help.Example/el/a/?x#top" → "//help.example/el/a?x"; relative
// addresses are taken from the place of `file` in its source, as "el/a.html".
std::string NormalizedAddress(std::string_view address, std::string_view file);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_TRANSLATIONS_H_
