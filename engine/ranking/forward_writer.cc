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

constexpr size_t kFileBuffer = size_t{1} << 16;

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

// One word, at a place of its own.
bool IsAlone(const std::vector<Token>& tokens, size_t i) {
  return tokens[i].span == 1 && (i + 1 == tokens.size() ||
                                 tokens[i + 1].position != tokens[i].position);
}

bool HaveSameTerms(const Token& a, const Token& b) {
  return a.role == b.role && a.is_protected == b.is_protected &&
         a.is_stop == b.is_stop && a.lemmas == b.lemmas;
}

}  // namespace

// Record: hit id and language (length, bytes), kind, day, then blocks until its
// end. Block: field, words, content words, bytes of joined words, the words in
// three bytes each, the joined words as index and number.
void ForwardWriter::Add(uint32_t document, const ForwardDocument& words) {
  record_.clear();
  known_.clear();
  AppendHead(words, &record_);
  for (const ForwardBlock& block : words.blocks) AppendBlock(block, &record_);
  WriteRecord(document, record_);
}

void ForwardWriter::AddAll(const ForwardIndex& source,
                           const std::function<uint32_t(uint32_t)>& number_of) {
  // Numbers here of the words there, found when first met.
  constexpr WordNumber kUnknown = UINT32_MAX;
  const ForwardIndex::WordTerms terms = source.TermsOfWords();
  std::vector<WordNumber> numbers(terms.size(), kUnknown);
  const auto translate = [&](WordNumber word) {
    if (word >= terms.size()) return kLastWord;
    if (numbers[word] == kUnknown) {
      const auto found = terms.Of(word);
      word_.assign(found.begin(), found.end());
      numbers[word] = NumberOf(&word_);
    }
    return numbers[word];
  };
  for (const uint32_t there : source.documents()) {
    const uint32_t here = number_of(there);
    if (here == 0) continue;
    ForwardRecord found = source.Find(there);
    record_.clear();
    AppendHead({std::string(found.hit_id()),
                std::string(found.language()),
                found.kind(),
                found.updated_day(),
                {}},
               &record_);
    while (found.NextBlock()) {
      block_.Clear(found.field());
      block_.words = found.block_words();
      block_.content = found.block_content_words();
      for (uint32_t i = 0; i < block_.words; ++i) {
        AppendWord(translate(found.WordAt(i)), &block_.numbers);
      }
      ForwardRecord::Joined joined;
      while (found.NextJoined(&joined)) {
        AppendVarint(joined.index, &block_.joined);
        AppendVarint(translate(joined.number), &block_.joined);
      }
      AppendNumbered(block_, &record_);
    }
    WriteRecord(here, record_);
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
  NumberedBlock& numbered = block_;
  numbered.Clear(block.field);
  std::vector<TermKey>& terms = word_;
  const std::vector<Token>& tokens = block.tokens;
  for (size_t i = 0; i < tokens.size();) {
    // Everything at one position is one word, but for joined ones.
    size_t end = i;
    if (IsAlone(tokens, i)) {
      AppendWord(NumberOf(tokens[i]), &numbered.numbers);
      ++numbered.words;
      if (!tokens[i].is_stop) ++numbered.content;
      ++i;
      continue;
    }
    terms.clear();
    for (; end < tokens.size() && tokens[end].position == tokens[i].position;
         ++end) {
      if (tokens[end].span == 1) AddTerms(tokens[end], &terms);
    }
    if (!terms.empty()) {
      AppendWord(NumberOf(&terms), &numbered.numbers);
      ++numbered.words;
      if (!tokens[i].is_stop) ++numbered.content;
    }
    for (; i < end; ++i) {
      if (tokens[i].span == 1) continue;
      terms.clear();
      AddTerms(tokens[i], &terms);
      AppendVarint(numbered.words > 0 ? numbered.words - 1 : 0,
                   &numbered.joined);
      AppendVarint(NumberOf(&terms), &numbered.joined);
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

size_t ForwardWriter::HashTerms::operator()(Terms terms) const {
  // They are hashes themselves.
  uint64_t hash = terms.size();
  for (const TermKey term : terms) {
    hash = (hash ^ term) * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
  }
  return hash;
}

bool ForwardWriter::SameTerms::operator()(WordNumber word, Terms terms) const {
  return std::ranges::equal(writer->TermsOf(word), terms);
}

std::span<const TermKey> ForwardWriter::TermsOf(WordNumber word) const {
  const uint32_t begin = word == 0 ? 0 : term_ends_[word - 1];
  return std::span(terms_).subspan(begin, term_ends_[word] - begin);
}

// Of a word that is alone. Most come again in the document.
WordNumber ForwardWriter::NumberOf(const Token& token) {
  auto [place, is_new] = known_.try_emplace(token.exact, &token, WordNumber{0});
  auto& [first, number] = place->second;
  if (!is_new && HaveSameTerms(*first, token)) return number;
  word_.clear();
  AddTerms(token, &word_);
  const WordNumber found = NumberOf(&word_);
  if (is_new) number = found;
  return found;
}

// A word is its terms, in whatever order.
WordNumber ForwardWriter::NumberOf(std::vector<TermKey>* terms) {
  std::sort(terms->begin(), terms->end());
  terms->erase(std::unique(terms->begin(), terms->end()), terms->end());
  const auto known = numbers_.find(Terms(*terms));
  if (known != numbers_.end()) return *known;
  if (numbers_.size() == kLastWord) return kLastWord;
  const auto number = static_cast<WordNumber>(term_ends_.size());
  terms_.insert(terms_.end(), terms->begin(), terms->end());
  term_ends_.push_back(static_cast<uint32_t>(terms_.size()));
  numbers_.insert(number);
  return number;
}

ForwardWriter::ForwardWriter(const std::string& path)
    : path_(path), numbers_(0, HashTerms{this}, SameTerms{this}) {
  file_ = std::fopen(path.c_str(), "wb");
  if (file_ == nullptr) {
    error_ = errno;
  } else {
    std::setvbuf(file_, nullptr, _IOFBF, kFileBuffer);
  }
  const uint32_t start[2] = {internal::kForwardMagic,
                             internal::kForwardVersion};
  Write(start, sizeof(start));
}

ForwardWriter::~ForwardWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

// Sorts all words' terms and gives the word of each. Words are not found any
// more.
std::vector<WordNumber> ForwardWriter::SortTerms() {
  std::vector<std::pair<TermKey, WordNumber>> pairs;
  pairs.reserve(terms_.size());
  for (WordNumber word = 0; word < term_ends_.size(); ++word) {
    for (const TermKey term : TermsOf(word)) pairs.emplace_back(term, word);
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<WordNumber> words;
  words.reserve(pairs.size());
  for (size_t i = 0; i < pairs.size(); ++i) {
    terms_[i] = pairs[i].first;
    words.push_back(pairs[i].second);
  }
  return words;
}

absl::Status ForwardWriter::Finish() {
  internal::ForwardFooter footer{};
  footer.records_end = at_;
  Align();
  footer.documents_offset = at_;
  WriteAll(documents_);
  Align();
  footer.offsets_offset = at_;
  WriteAll(offsets_);
  footer.sorted_terms_offset = at_;
  std::vector<WordNumber> words = SortTerms();
  WriteAll(terms_);
  footer.words_offset = at_;
  WriteAll(words);
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
