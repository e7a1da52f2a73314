// Compact records: fields in a fixed order, numbers as LEB128 varints, texts as
// length + bytes, lists as count + items.
#ifndef KBSEARCH_ENGINE_INDEX_RECORD_CODEC_H_
#define KBSEARCH_ENGINE_INDEX_RECORD_CODEC_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kbsearch::engine {

class RecordEncoder {
 public:
  void Number(uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>((value & 0x7F) | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  void Text(std::string_view text) {
    Number(text.size());
    bytes_.append(text);
  }
  void Bytes(std::string_view bytes) { bytes_.append(bytes); }
  void Reserve(size_t bytes) { bytes_.reserve(bytes); }
  template <typename Range, typename Function>
  void List(const Range& range, Function&& each) {
    Number(range.size());
    for (const auto& item : range) each(item);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// After a failure every read gives zero or an empty text and ok() is false.
class RecordDecoder {
 public:
  explicit RecordDecoder(std::string_view bytes) : rest_(bytes) {}

  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }
  std::string Text() {
    const uint64_t size = Number();
    if (size > rest_.size()) return std::string(Fail(), '\0');
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  template <typename Enum>
  Enum Named(Enum last) {
    const uint64_t value = Number();
    return static_cast<Enum>(value <= static_cast<uint64_t>(last) ? value
                                                                  : Fail());
  }
  // A value in the low `bits` of a number, and what is above them.
  template <typename Enum>
  std::pair<Enum, uint64_t> Split(Enum last, uint64_t bits) {
    const uint64_t number = Number();
    const uint64_t value = number & ((uint64_t{1} << bits) - 1);
    const uint64_t rest = number >> bits;
    if (value > static_cast<uint64_t>(last) || rest > UINT8_MAX) {
      return {static_cast<Enum>(Fail()), 0};
    }
    return {static_cast<Enum>(value), rest};
  }
  template <typename Function>
  void List(Function&& each) {
    const uint64_t size = Number();
    if (size > rest_.size()) Fail();  // an item takes a byte or more
    for (uint64_t i = 0; i < size && ok_; ++i) each();
  }
  // Appends what `read` makes of each item.
  template <typename Item, typename Function>
  void List(std::vector<Item>* items, Function&& read) {
    // A damaged count is no reason to take all memory.
    constexpr size_t kMostReserved = 256;
    const uint64_t size = RecordDecoder(*this).Number();
    items->reserve(std::min<uint64_t>(size, kMostReserved));
    List([&] { items->push_back(read()); });
  }
  // What has not been read yet.
  std::string_view Rest() const { return rest_; }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  uint64_t Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_RECORD_CODEC_H_
