#include "analyzers/tables/lexicon_builder.h"

#include <vector>

#include "analyzers/fingerprint_table.h"
#include "analyzers/lexicon.h"
#include "analyzers/tables/fingerprint_table_builder.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kWordsANumber = 6;  // of the filter: ten bits a word

}  // namespace

std::string SerializeLexicon(
    const std::map<std::string_view, uint32_t>& weights) {
  const std::string section = SerializeFingerprintTable(weights);
  const FingerprintTable table = *FingerprintTable::Map(section);
  std::vector<uint64_t> filter(weights.size() / kWordsANumber + 1);
  for (const auto& [word, weight] : weights) {
    const uint64_t hash = table.HashOf(word);
    filter[WordFilter::PlaceOf(hash, filter.size())] |=
        WordFilter::BitsOf(hash);
  }
  LexiconHeader header;
  header.filter_numbers = filter.size();
  std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
  out.append(reinterpret_cast<const char*>(filter.data()),
             filter.size() * sizeof(uint64_t));
  return out + section;
}

}  // namespace kbsearch::analyzers
