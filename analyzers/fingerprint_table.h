// A set of strings with a number for each, in a file section that is mapped
// and never parsed: an open-addressing hash table (Knuth, The Art of Computer
// Programming 6.4, linear probing) whose slots hold 32 bits of the string's
// hash in place of the string. A look-up is one memory access, mostly.
//
// Strings of the table are always told apart, which the builder checks
// (tables/fingerprint_table_builder.h). A string that is not in it is taken
// for one that is about once in a thousand million look-ups.
//
// Thread-safe, immutable; does not own the bytes.
#ifndef KBSEARCH_ANALYZERS_FINGERPRINT_TABLE_H_
#define KBSEARCH_ANALYZERS_FINGERPRINT_TABLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kbsearch::analyzers {

// The section: header, slots[slots]. Multiples of 8 bytes throughout.
struct FingerprintTableHeader {
  uint64_t seed = 0;  // of HashBytes
  uint64_t keys = 0;
  uint64_t slots = 0;
};

// 64 well-mixed bits of a byte string, the same in every program and build.
// After W. Yi's wyhash (public domain): 16 bytes a step are multiplied to 128
// bits whose halves are folded.
uint64_t HashBytes(std::string_view bytes, uint64_t seed = 0);

class FingerprintTable {
 public:
  struct Slot {
    uint32_t fingerprint = 0;
    uint32_t value = kEmpty;
  };
  static constexpr uint32_t kEmpty = 0xFFFFFFFF;  // no key has this value

  FingerprintTable() = default;
  // Empty when `section` is not a table: cut off, or counts that contradict.
  static std::optional<FingerprintTable> Map(std::string_view section);

  std::optional<uint32_t> Find(std::string_view key) const {
    return FindHash(HashOf(key));
  }
  // The same in two steps, for who needs the hash too.
  uint64_t HashOf(std::string_view key) const { return HashBytes(key, seed_); }
  std::optional<uint32_t> FindHash(uint64_t hash) const;
  bool Contains(std::string_view key) const { return Find(key).has_value(); }
  uint64_t size() const { return keys_; }

  static uint32_t FingerprintOf(uint64_t hash) {
    return static_cast<uint32_t>(hash);
  }
  // Where the search for a key begins, of `slots` places.
  static size_t HomeOf(uint64_t hash, size_t slots) {
    return static_cast<size_t>(((hash >> 32) * slots) >> 32);
  }

 private:
  uint64_t seed_ = 0;
  uint64_t keys_ = 0;
  std::span<const Slot> slots_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_FINGERPRINT_TABLE_H_
