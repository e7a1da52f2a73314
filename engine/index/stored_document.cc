#include "engine/index/stored_document.h"

#include <zstd.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "engine/index/record_codec.h"

namespace kbsearch::engine {
namespace {

constexpr uint8_t kFormat = 1;
constexpr uint8_t kCompressed = 2;  // of a record of kFormat
constexpr int kLevel = 3;
// A record that claims to be larger is damaged.
constexpr uint64_t kMaxRecordBytes = uint64_t{1} << 30;
// A thread's buffer for compressing.
constexpr size_t kMostKept = size_t{1} << 20;

// A block's kind and weight share a number: the kind in the low three bits,
// above them 0 for weight 1, 1 for weight 0, else the weight.
constexpr uint64_t kKindBits = 3;

uint64_t KindAndWeight(const Block& block) {
  const uint64_t weight = block.weight < 2 ? 1 - block.weight : block.weight;
  return weight << kKindBits | static_cast<uint64_t>(block.kind);
}

// The record that CompressRecord was given.
absl::StatusOr<std::string> Decompressed(std::string_view bytes) {
  RecordDecoder in(bytes);
  (void)in.Number();  // kCompressed
  const uint64_t size = in.Number();
  const std::string_view packed = in.Rest();
  if (!in.ok() || size > kMaxRecordBytes ||
      size != ZSTD_getFrameContentSize(packed.data(), packed.size())) {
    return absl::DataLossError("stored document: damaged size");
  }
  // Making a context takes longer than using it.
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>
      context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  std::string record(size, '\0');
  const size_t got =
      ZSTD_decompressDCtx(context.get(), record.data(), record.size(),
                          packed.data(), packed.size());
  if (got != size) {
    return absl::DataLossError("stored document: damaged compression");
  }
  return record;
}

absl::StatusOr<StoredDocument> DecodeRecord(std::string_view bytes) {
  RecordDecoder in(bytes);
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
  in.List(&article.category, [&] { return in.Text(); });
  in.List(&article.tags, [&] { return in.Text(); });
  in.List(&article.blocks, [&] {
    Block block;
    const auto [kind, weight] = in.Split(BlockKind::kTableRow, kKindBits);
    block.kind = kind;
    block.weight = static_cast<uint8_t>(weight < 2 ? 1 - weight : weight);
    block.level = static_cast<uint8_t>(in.Number());
    block.anchor = in.Text();
    block.text = in.Text();
    return block;
  });
  in.List(&article.entries, [&] {
    FaqEntry entry;
    entry.question = in.Text();
    entry.answer = in.Text();
    entry.anchor = in.Text();
    return entry;
  });
  if (!in.ok() || !in.at_end()) {
    return absl::DataLossError("stored document: damaged record");
  }
  return document;
}

// About as much as the record will have.
size_t BytesOf(const Article& article) {
  constexpr size_t kHead = 64;  // numbers and sizes
  constexpr size_t kEach = 8;
  size_t bytes =
      kHead + article.id.size() + article.title.size() + article.url.size();
  for (const Block& block : article.blocks) {
    bytes += kEach + block.anchor.size() + block.text.size();
  }
  for (const FaqEntry& entry : article.entries) {
    bytes += kEach + entry.question.size() + entry.answer.size();
  }
  return bytes;
}

}  // namespace

std::string HitIdOf(DocumentRole role, uint32_t entry, const Article& article) {
  return role == DocumentRole::kEntry ? absl::StrCat(article.id, "#", entry)
                                      : article.id;
}

std::string StoredDocument::HitId() const {
  return HitIdOf(role, entry, article);
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
  return EncodeStoredDocument(document.role, document.entry, document.article);
}

std::string EncodeStoredDocument(DocumentRole role, uint32_t entry,
                                 const Article& article) {
  RecordEncoder out;
  out.Reserve(BytesOf(article));
  out.Number(kFormat);
  out.Number(static_cast<uint64_t>(role));
  out.Number(entry);
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
    out.Number(KindAndWeight(block));
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

std::string CompressRecord(const std::string& record) {
  if (record.size() > kMaxRecordBytes) return record;
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>
      context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  // Kept: what it is grown by is set to zero first.
  thread_local std::string packed;
  const size_t bound = ZSTD_compressBound(record.size());
  if (packed.size() < bound) packed.resize(bound);
  const size_t size =
      ZSTD_compressCCtx(context.get(), packed.data(), packed.size(),
                        record.data(), record.size(), kLevel);
  if (ZSTD_isError(size) != 0) return record;
  RecordEncoder out;
  out.Number(kCompressed);
  out.Number(record.size());
  out.Bytes({packed.data(), size});
  if (packed.size() > kMostKept) packed = std::string();
  return out.Take();
}

absl::StatusOr<StoredDocument> DecodeStoredDocument(std::string_view bytes) {
  if (!bytes.empty() && bytes.front() == kCompressed) {
    absl::StatusOr<std::string> record = Decompressed(bytes);
    if (!record.ok()) return record.status();
    return DecodeRecord(*record);
  }
  return DecodeRecord(bytes);
}

}  // namespace kbsearch::engine
