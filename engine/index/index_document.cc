#include "engine/index/index_document.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "analyzers/fingerprint_table.h"
#include "engine/index/document_record.h"
#include "engine/index/facet_record.h"
#include "engine/index/placeholders.h"
#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

using analyzers::Analyzer;
using analyzers::Token;
using analyzers::TokenRole;

// A paragraph in another language counts as such from this size on; below it a
// product name or a quotation would make a part of its own.
constexpr size_t kMinForeignBytes = 80;

// A word of the title is evidence of the document's subject wherever it stands,
// so it also counts in the field `all`, that many times.
constexpr Xapian::termcount kTitleOccurrences = 2;

constexpr int64_t kSecondsPerDay = 24 * 60 * 60;

// Collects the terms of one document.
class TermCollector {
 public:
  TermCollector(Analyzer& analyzer, SpellingCounts* spellings)
      : analyzer_(analyzer), spellings_(spellings) {}

  // Adds the words of `text`, a block of the document, each counting `weight`
  // times (Block::weight). REQUIRES: `text` outlives this.
  void Add(std::string_view text, BlockField field,
           Xapian::termcount weight = 1) {
    std::vector<Token> tokens = analyzer_.Analyze(text);
    const bool title = field == BlockField::kTitle;
    for (const Token& token : tokens) {
      const Counts counts = {title ? kTitleOccurrences : weight,
                             title ? Xapian::termcount{1} : 0};
      const bool spelling = spellings_ != nullptr &&
                            token.role == TokenRole::kWhole &&
                            !token.is_protected;
      AddToken(token, counts,
               spelling ? text.substr(token.begin, token.end - token.begin)
                        : std::string_view());
    }
    words_.blocks.push_back({field, {}});
    // What says nothing of the document is no evidence for its rank.
    (weight == 0 ? worthless_.emplace_back() : words_.blocks.back().tokens) =
        std::move(tokens);
  }

  // The same of a text that does not.
  void AddCopy(std::string text, BlockField field,
               Xapian::termcount weight = 1) {
    Add(copies_.emplace_back(std::move(text)), field, weight);
  }

  void AddBoolean(std::string_view prefix, std::string_view value) {
    document_.add_boolean_term(BooleanTerm(prefix, value));
  }

  IndexDocument Finish(DocumentRole role, uint32_t entry,
                       const Article& article) {
    const std::string hit_id = HitIdOf(role, entry, article);
    document_.add_boolean_term(DocumentTerm(hit_id, article.language));
    document_.add_value(kHitIdSlot, hit_id);
    document_.add_value(kLanguageSlot, article.language);
    document_.add_value(kFacetSlot, EncodeFacetRecord(article));
    AddBoolean(kArticlePrefix, article.id);
    AddBoolean(kKindPrefix, KindName(article.kind));
    AddBoolean(kLanguagePrefix, article.language);
    for (const std::string& name : article.category) {
      AddBoolean(kCategoryPrefix, name);
    }
    for (const std::string& tag : article.tags) AddBoolean(kTagPrefix, tag);
    for (const auto& [exact, word] : found_) {
      CountTerms(*word.token, word.counts);
      for (const auto& [spelling, count] : word.spellings) {
        spellings_->Add(exact, spelling, count);
      }
    }
    for (const auto& [term, count] : counts_) document_.add_term(term, count);
    if (article.updated_at != 0) {
      document_.add_value(
          kUpdatedAtSlot,
          Xapian::sortable_serialise(static_cast<double>(article.updated_at)));
    }
    SetDocumentRecord(role, entry, article, &document_);
    words_.hit_id = hit_id;
    words_.language = article.language;
    words_.kind = static_cast<uint8_t>(article.kind);
    words_.updated_day = static_cast<uint32_t>(
        std::max<int64_t>(0, article.updated_at / kSecondsPerDay));
    return {document_, std::move(words_)};
  }

 private:
  struct Counts {
    Xapian::termcount all = 0;
    Xapian::termcount title = 0;
  };
  // A word of the document, as it was first met.
  struct Word {
    const Token* token = nullptr;
    Counts counts;
    absl::InlinedVector<std::pair<std::string_view, uint32_t>, 1> spellings;
  };

  // Words repeat themselves: their terms are made once, at the end.
  void AddToken(const Token& token, Counts counts, std::string_view spelling) {
    Word& word = found_[token.exact];
    if (word.token == nullptr) word.token = &token;
    if (word.token->lemmas == token.lemmas) {
      word.counts.all += counts.all;
      word.counts.title += counts.title;
    } else {
      CountTerms(token, counts);  // folds alike, and is another word
    }
    if (spelling.empty()) return;
    for (auto& [known, count] : word.spellings) {
      if (known == spelling) {
        ++count;
        return;
      }
    }
    word.spellings.emplace_back(spelling, 1);
  }

  void CountTerms(const Token& token, Counts counts) {
    CountTerms(token, kFields[kAll], counts.all);
    if (counts.title > 0) CountTerms(token, kFields[kTitle], counts.title);
  }

  void CountTerms(const Token& token, const Field& field,
                  Xapian::termcount count) {
    SetTextTerm(field.exact_prefix, token.exact, &term_);
    counts_[term_] += count;
    for (const std::string& lemma : token.lemmas) {
      SetTextTerm(field.lemma_prefix, lemma, &term_);
      counts_[term_] += count;
    }
  }

  Analyzer& analyzer_;
  SpellingCounts* spellings_;
  Xapian::Document document_;
  ForwardDocument words_;
  std::vector<std::vector<Token>> worthless_;
  std::deque<std::string> copies_;
  // By exact term; texts are those of the tokens and of the blocks.
  absl::flat_hash_map<std::string_view, Word, HashText> found_;
  absl::flat_hash_map<std::string, Xapian::termcount, HashText> counts_;
  std::string term_;  // reused
};

// Texts with gaps for an agent to fill: the gaps' names are not their words.
bool HasPlaceholders(const Article& article) {
  return article.kind == ArticleKind::kCannedResponse ||
         article.kind == ArticleKind::kProcedure;
}

void AddTitle(const Article& article, TermCollector& terms) {
  if (HasPlaceholders(article)) {
    terms.AddCopy(WithoutPlaceholders(article.title), BlockField::kTitle);
  } else {
    terms.Add(article.title, BlockField::kTitle);
  }
  for (const std::string& name : article.category) {
    terms.Add(name, BlockField::kTag);
  }
  for (const std::string& tag : article.tags) terms.Add(tag, BlockField::kTag);
}

void AddBlocks(const Article& article, TermCollector& terms) {
  const bool placeholders = HasPlaceholders(article);
  for (const Block& block : article.blocks) {
    const BlockField field = block.kind == BlockKind::kHeading
                                 ? BlockField::kHeading
                                 : BlockField::kBody;
    if (placeholders) {
      terms.AddCopy(WithoutPlaceholders(block.text), field, block.weight);
    } else {
      terms.Add(block.text, field, block.weight);
    }
  }
}

IndexDocument MakePage(const Article& article, Analyzer& analyzer,
                       SpellingCounts* spellings) {
  TermCollector terms(analyzer, spellings);
  AddTitle(article, terms);
  AddBlocks(article, terms);
  return terms.Finish(DocumentRole::kPage, 0, article);
}

// A copy of all but blocks and entries, which may be large.
Article WithoutText(const Article& article) {
  Article copy;
  copy.id = article.id;
  copy.language = article.language;
  copy.title = article.title;
  copy.kind = article.kind;
  copy.audience = article.audience;
  copy.category = article.category;
  copy.tags = article.tags;
  copy.url = article.url;
  copy.updated_at = article.updated_at;
  return copy;
}

IndexDocument MakeEntry(const Article& page, uint32_t number,
                        Analyzer& analyzer, SpellingCounts* spellings) {
  const FaqEntry& entry = page.entries[number - 1];
  Article stored = WithoutText(page);
  stored.title = entry.question;
  for (absl::string_view line :
       absl::StrSplit(entry.answer, '\n', absl::SkipWhitespace())) {
    stored.blocks.push_back({BlockKind::kParagraph, 0,
                             std::string(absl::StripSuffix(line, "\r")),
                             entry.anchor});
  }
  if (stored.blocks.empty()) {  // the anchor must have a place
    stored.blocks.push_back({BlockKind::kParagraph, 0, "", entry.anchor});
  }
  TermCollector terms(analyzer, spellings);
  AddTitle(stored, terms);
  AddBlocks(stored, terms);
  return terms.Finish(DocumentRole::kEntry, number, stored);
}

}  // namespace

std::vector<IndexDocument> MakeIndexDocuments(const Article& article,
                                              Analyzer& analyzer,
                                              SpellingCounts* spellings) {
  std::vector<IndexDocument> documents;
  documents.push_back(MakePage(article, analyzer, spellings));
  for (uint32_t n = 1; n <= article.entries.size(); ++n) {
    documents.push_back(MakeEntry(article, n, analyzer, spellings));
  }
  return documents;
}

std::vector<ForeignPart> FindForeignParts(
    const Article& article, const analyzers::LanguageIdentifier& identifier) {
  std::string text;
  std::vector<size_t> starts;  // of each block in `text`
  for (const Block& block : article.blocks) {
    starts.push_back(text.size());
    text += block.text;
    std::replace(text.begin() + static_cast<ptrdiff_t>(starts.back()),
                 text.end(), '\n', ' ');
    text += '\n';
  }
  std::map<std::string, ForeignPart> parts;
  for (const analyzers::LanguagePart& run :
       identifier.Split(text, article.language)) {
    if (run.language == article.language) continue;
    ForeignPart& part = parts[run.language];
    for (size_t i = 0; i < starts.size(); ++i) {
      if (starts[i] >= run.begin && starts[i] < run.end) {
        part.article.blocks.push_back(article.blocks[i]);
      }
    }
  }
  std::vector<ForeignPart> result;
  for (auto& [language, part] : parts) {
    std::vector<Block> blocks = std::move(part.article.blocks);
    size_t bytes = 0;
    for (const Block& block : blocks) bytes += block.text.size();
    if (bytes < kMinForeignBytes) continue;
    part.part_language = language;
    part.article = WithoutText(article);
    part.article.blocks = std::move(blocks);
    result.push_back(std::move(part));
  }
  return result;
}

IndexDocument MakeForeignPartDocument(const ForeignPart& part,
                                      Analyzer& analyzer,
                                      SpellingCounts* spellings) {
  TermCollector terms(analyzer, spellings);
  AddBlocks(part.article, terms);
  return terms.Finish(DocumentRole::kForeignPart, 0, part.article);
}

std::string PlainText(const Article& article) {
  std::string text;
  for (const Block& block : article.blocks) {
    absl::StrAppend(&text, block.text, "\n");
  }
  for (const FaqEntry& entry : article.entries) {
    absl::StrAppend(&text, entry.question, "\n", entry.answer, "\n");
  }
  return text;
}

}  // namespace kbsearch::engine
