#include "engine/stored_document.h"

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

constexpr uint8_t kFormat = 1;

class Encoder {
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
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

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
  template <typename Function>
  void List(Function&& each) {
    const uint64_t size = Number();
    if (size > rest_.size()) Fail();  // an item takes a byte or more
    for (uint64_t i = 0; i < size && ok_; ++i) each();
  }
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

}  // namespace

std::string StoredDocument::HitId() const {
  return role == DocumentRole::kEntry ? absl::StrCat(article.id, "#", entry)
                                      : article.id;
}

std::string_view PageId(std::string_view hit_id) {
  const size_t mark = hit_id.rfind('#');
  if (mark == std::string_view::npos || mark + 1 == hit_id.size() ||
      hit_id.find_first_not_of("0123456789", mark + 1) !=
          std::string_view::npos) {
    return hit_id;
  }
  return hit_id.substr(0, mark);
}

std::string EncodeStoredDocument(const StoredDocument& document) {
  Encoder out;
  const Article& article = document.article;
  out.Number(kFormat);
  out.Number(static_cast<uint64_t>(document.role));
  out.Number(document.entry);
  out.Text(article.id);
  out.Text(article.language);
  out.Text(article.title);
  out.Text(article.url);
  out.Number(static_cast<uint64_t>(article.kind));
  out.Number(static_cast<uint64_t>(article.audience));
  out.Number(static_cast<uint64_t>(article.updated_at));
  out.List(article.category, [&](const std::string& name) { out.Text(name); });
  out.List(article.tags, [&](const std::string& tag) { out.Text(tag); });
  out.List(article.blocks, [&](const Block& block) {
    out.Number(static_cast<uint64_t>(block.kind));
    out.Number(block.level);
    out.Text(block.anchor);
    out.Text(block.text);
  });
  out.List(article.entries, [&](const FaqEntry& entry) {
    out.Text(entry.question);
    out.Text(entry.answer);
    out.Text(entry.anchor);
  });
  return out.Take();
}

absl::StatusOr<StoredDocument> DecodeStoredDocument(std::string_view bytes) {
  Decoder in(bytes);
  StoredDocument document;
  if (in.Number() != kFormat) {
    return absl::DataLossError("stored document: unknown format");
  }
  document.role = in.Named(DocumentRole::kForeignPart);
  document.entry = static_cast<uint32_t>(in.Number());
  Article& article = document.article;
  article.id = in.Text();
  article.language = in.Text();
  article.title = in.Text();
  article.url = in.Text();
  article.kind = in.Named(ArticleKind::kForumThread);
  article.audience = in.Named(Audience::kAgent);
  article.updated_at = static_cast<int64_t>(in.Number());
  in.List([&] { article.category.push_back(in.Text()); });
  in.List([&] { article.tags.push_back(in.Text()); });
  in.List([&] {
    Block block;
    block.kind = in.Named(BlockKind::kTableRow);
    block.level = static_cast<uint8_t>(in.Number());
    block.anchor = in.Text();
    block.text = in.Text();
    article.blocks.push_back(std::move(block));
  });
  in.List([&] {
    FaqEntry entry;
    entry.question = in.Text();
    entry.answer = in.Text();
    entry.anchor = in.Text();
    article.entries.push_back(std::move(entry));
  });
  if (!in.ok() || !in.at_end()) {
    return absl::DataLossError("stored document: damaged record");
  }
  return document;
}

}  // namespace kbsearch::engine
