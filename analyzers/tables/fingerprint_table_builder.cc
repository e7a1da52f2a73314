#include "analyzers/tables/fingerprint_table_builder.h"

#include <vector>

#include "analyzers/fingerprint_table.h"

namespace kbsearch::analyzers {
namespace {

using Slot = FingerprintTable::Slot;

// Slots a key. Unknown words, the costlier kind, look at four places then.
constexpr double kRoom = 1.5;

std::string Place(const std::map<std::string_view, uint32_t>& entries,
                  uint64_t seed) {
  FingerprintTableHeader header;
  header.seed = seed;
  header.keys = entries.size();
  header.slots =
      static_cast<uint64_t>(static_cast<double>(entries.size()) * kRoom) + 2;
  std::vector<Slot> slots(header.slots);
  for (const auto& [key, value] : entries) {
    const uint64_t hash = HashBytes(key, seed);
    size_t place = FingerprintTable::HomeOf(hash, slots.size());
    while (slots[place].value != FingerprintTable::kEmpty) {
      place = (place + 1) % slots.size();
    }
    slots[place] = {FingerprintTable::FingerprintOf(hash), value};
  }
  std::string out(reinterpret_cast<const char*>(&header), sizeof(header));
  out.append(reinterpret_cast<const char*>(slots.data()),
             slots.size() * sizeof(Slot));
  return out;
}

}  // namespace

std::string SerializeFingerprintTable(
    const std::map<std::string_view, uint32_t>& entries) {
  for (uint64_t seed = 0;; ++seed) {
    std::string section = Place(entries, seed);
    const auto table = FingerprintTable::Map(section);
    bool told_apart = table.has_value();
    for (const auto& [key, value] : entries) {
      if (!told_apart) break;
      told_apart = table->Find(key) == value;
    }
    if (told_apart) return section;
  }
}

}  // namespace kbsearch::analyzers
