#include "analyzers/fingerprint_table.h"

#include <cstring>

namespace kbsearch::analyzers {
namespace {

constexpr uint64_t kOdd1 = 0xA0761D6478BD642FULL;
constexpr uint64_t kOdd2 = 0xE7037ED1A0B428DBULL;

// A product of 64-bit numbers, its halves folded.
uint64_t Mix(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t Read(const char* bytes, size_t count) {
  uint64_t number = 0;
  std::memcpy(&number, bytes, count);
  return number;
}

}  // namespace

uint64_t HashBytes(std::string_view bytes, uint64_t seed) {
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t hash = seed ^ kOdd1;
  for (; left > 16; left -= 16, at += 16) {
    hash = Mix(Read(at, 8) ^ kOdd2, Read(at + 8, 8) ^ hash);
  }
  uint64_t low = 0;
  uint64_t high = 0;
  if (left >= 8) {
    low = Read(at, 8);
    high = Read(at + left - 8, 8);  // may overlap: the length is mixed in
  } else if (left >= 4) {
    low = Read(at, 4);
    high = Read(at + left - 4, 4);
  } else if (left > 0) {
    low = static_cast<uint8_t>(at[0]) |
          static_cast<uint64_t>(static_cast<uint8_t>(at[left / 2])) << 8 |
          static_cast<uint64_t>(static_cast<uint8_t>(at[left - 1])) << 16;
  }
  return Mix(kOdd2 ^ bytes.size(), Mix(low ^ kOdd2, high ^ hash));
}

std::optional<FingerprintTable> FingerprintTable::Map(
    std::string_view section) {
  FingerprintTableHeader header;
  if (section.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, section.data(), sizeof(header));
  const std::string_view rest = section.substr(sizeof(header));
  if (header.slots != rest.size() / sizeof(Slot) ||
      rest.size() % sizeof(Slot) != 0 || header.keys >= header.slots) {
    return std::nullopt;
  }
  FingerprintTable table;
  table.seed_ = header.seed;
  table.keys_ = header.keys;
  table.slots_ = {reinterpret_cast<const Slot*>(rest.data()), header.slots};
  return table;
}

std::optional<uint32_t> FingerprintTable::FindHash(uint64_t hash) const {
  const size_t count = slots_.size();
  size_t place = HomeOf(hash, count);
  for (size_t step = 0; step < count; ++step) {  // ends in a damaged file too
    const Slot& slot = slots_[place];
    if (slot.value == kEmpty) return std::nullopt;
    if (slot.fingerprint == FingerprintOf(hash)) return slot.value;
    if (++place == count) place = 0;
  }
  return std::nullopt;
}

}  // namespace kbsearch::analyzers
