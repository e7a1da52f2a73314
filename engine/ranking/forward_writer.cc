#include "engine/ranking/forward_writer.h"

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "engine/ranking/forward_format.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>((value & 0x7F) | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

// Words beyond what three bytes can number share the last number, which has no
// terms: they are not found.
constexpr WordNumber kLastWord = (WordNumber{1} << 24) - 1;

void AppendWord(WordNumber number, std::string* out) {
  for (size_t i = 0; i < ForwardRecord::kWordBytes; ++i) {
    out->push_back(static_cast<char>(number >> (8 * i)));
  }
}

void AddTerms(const Token& token, std::vector<TermKey>* terms) {
  if (token.role == TokenRole::kPart) {
    terms->push_back(MakeTermKey(token.exact, TermKind::kPart));
    for (const std::string& lemma : token.lemmas) {
      terms->push_back(MakeTermKey(lemma, TermKind::kPart));
    }
    return;
  }
  terms->push_back(MakeTermKey(token.exact, TermKind::kExact));
  const std::string_view root = RootOf(token.exact);
  if (!root.empty() && !token.is_protected && !token.is_stop) {
    terms->push_back(MakeTermKey(root, TermKind::kRoot));
  }
  for (const std::string& lemma : token.lemmas) {
    terms->push_back(MakeTermKey(lemma, TermKind::kLemma));
  }
}

}  // namespace

// Record: hit id and language (length, bytes), kind, day, then blocks until its
// end. Block: field, words, content words, bytes of joined words, the words in
// three bytes each, the joined words as index and number.
void ForwardWriter::Add(uint32_t document, const ForwardDocument& words) {
  std::string record;
  AppendHead(words, &record);
  for (const ForwardBlock& block : words.blocks) AppendBlock(block, &record);
  WriteRecord(document, record);
}

void ForwardWriter::AddAll(const ForwardIndex& source,
                           const std::function<uint32_t(uint32_t)>& number_of) {
  // Numbers here of the words there, found when first met.
  constexpr WordNumber kUnknown = UINT32_MAX;
  const std::vector<std::vector<TermKey>> terms = source.TermsOfWords();
  std::vector<WordNumber> numbers(terms.size(), kUnknown);
  const auto translate = [&](WordNumber word) {
    if (word >= terms.size()) return kLastWord;
    if (numbers[word] == kUnknown) numbers[word] = NumberOf(terms[word]);
    return numbers[word];
  };
  for (const uint32_t there : source.documents()) {
    const uint32_t here = number_of(there);
    if (here == 0) continue;
    ForwardRecord found = source.Find(there);
    std::string record;
    AppendHead({std::string(found.hit_id()),
                std::string(found.language()),
                found.kind(),
                found.updated_day(),
                {}},
               &record);
    while (found.NextBlock()) {
      NumberedBlock block{found.field(),
                          found.block_words(),
                          found.block_content_words(),
                          {},
                          {}};
      for (uint32_t i = 0; i < block.words; ++i) {
        AppendWord(translate(found.WordAt(i)), &block.numbers);
      }
      ForwardRecord::Joined joined;
      while (found.NextJoined(&joined)) {
        AppendVarint(joined.index, &block.joined);
        AppendVarint(translate(joined.number), &block.joined);
      }
      AppendNumbered(block, &record);
    }
    WriteRecord(here, record);
  }
}

void ForwardWriter::AppendHead(const ForwardDocument& words,
                               std::string* record) {
  AppendVarint(words.hit_id.size(), record);
  *record += words.hit_id;
  AppendVarint(words.language.size(), record);
  *record += words.language;
  AppendVarint(words.kind, record);
  AppendVarint(words.updated_day, record);
}

void ForwardWriter::WriteRecord(uint32_t document, const std::string& record) {
  documents_.push_back(document);
  offsets_.push_back(at_);
  std::string size;
  AppendVarint(record.size(), &size);
  Write(size.data(), size.size());
  Write(record.data(), record.size());
}

void ForwardWriter::AppendBlock(const ForwardBlock& block,
                                std::string* record) {
  NumberedBlock numbered;
  numbered.field = block.field;
  std::vector<TermKey> terms;
  const std::vector<Token>& tokens = block.tokens;
  for (size_t i = 0; i < tokens.size();) {
    // Everything at one position is one word, but for joined ones.
    size_t end = i;
    terms.clear();
    for (; end < tokens.size() && tokens[end].position == tokens[i].position;
         ++end) {
      if (tokens[end].span == 1) AddTerms(tokens[end], &terms);
    }
    if (!terms.empty()) {
      AppendWord(NumberOf(terms), &numbered.numbers);
      ++numbered.words;
      if (!tokens[i].is_stop) ++numbered.content;
    }
    for (; i < end; ++i) {
      if (tokens[i].span == 1) continue;
      terms.clear();
      AddTerms(tokens[i], &terms);
      AppendVarint(numbered.words > 0 ? numbered.words - 1 : 0,
                   &numbered.joined);
      AppendVarint(NumberOf(terms), &numbered.joined);
    }
  }
  AppendNumbered(numbered, record);
}

void ForwardWriter::AppendNumbered(const NumberedBlock& block,
                                   std::string* record) {
  AppendVarint(static_cast<uint64_t>(block.field), record);
  AppendVarint(block.words, record);
  AppendVarint(block.content, record);
  AppendVarint(block.joined.size(), record);
  *record += block.numbers;
  *record += block.joined;
  if (block.field == BlockField::kTitle) title_words_ += block.words;
  if (block.field != BlockField::kTag) words_ += block.words;
}

// A word is its terms, in whatever order.
WordNumber ForwardWriter::NumberOf(std::vector<TermKey> terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  if (numbers_.size() == kLastWord) {
    const auto known = numbers_.find(terms);
    return known == numbers_.end() ? kLastWord : known->second;
  }
  const auto [place, is_new] =
      numbers_.emplace(terms, static_cast<WordNumber>(numbers_.size()));
  if (is_new) {
    for (const TermKey term : terms) terms_.emplace_back(term, place->second);
  }
  return place->second;
}

ForwardWriter::ForwardWriter(const std::string& path) : path_(path) {
  file_ = std::fopen(path.c_str(), "wb");
  if (file_ == nullptr) error_ = errno;
  const uint32_t start[2] = {internal::kForwardMagic,
                             internal::kForwardVersion};
  Write(start, sizeof(start));
}

ForwardWriter::~ForwardWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

absl::Status ForwardWriter::Finish() {
  internal::ForwardFooter footer{};
  footer.records_end = at_;
  Align();
  footer.documents_offset = at_;
  Write(documents_.data(), documents_.size() * sizeof(uint32_t));
  Align();
  footer.offsets_offset = at_;
  Write(offsets_.data(), offsets_.size() * sizeof(uint64_t));
  std::sort(terms_.begin(), terms_.end());
  terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
  footer.sorted_terms_offset = at_;
  for (const auto& [term, word] : terms_) Write(&term, sizeof(term));
  footer.words_offset = at_;
  for (const auto& [term, word] : terms_) Write(&word, sizeof(word));
  Align();
  footer.title_words = title_words_;
  footer.words = words_;
  footer.document_count = static_cast<uint32_t>(documents_.size());
  footer.word_count = static_cast<uint32_t>(numbers_.size());
  footer.term_count = static_cast<uint32_t>(terms_.size());
  footer.magic = internal::kForwardMagic;
  Write(&footer, sizeof(footer));
  if (file_ != nullptr && std::fclose(file_) != 0 && error_ == 0) {
    error_ = errno;
  }
  file_ = nullptr;
  if (error_ == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(error_, absl::StrCat("write ", path_));
}

void ForwardWriter::Write(const void* bytes, size_t size) {
  at_ += size;
  if (file_ == nullptr || size == 0) return;
  if (std::fwrite(bytes, 1, size, file_) != size && error_ == 0) {
    error_ = errno;
  }
}

void ForwardWriter::Align() {
  static constexpr char kZeros[8] = {};
  Write(kZeros, (8 - at_ % 8) % 8);
}

}  // namespace kbsearch::engine
