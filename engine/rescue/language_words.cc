#include "engine/rescue/language_words.h"

#include <algorithm>
#include <utility>

#include "engine/index/schema.h"
#include "engine/query/phrase.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

// Documents looked at for an estimate of how many hold two words.
constexpr Xapian::doccount kCheckAtLeast = 200;

// Any form of the word.
Xapian::Query FormsOf(const Token& token) {
  std::vector<Xapian::Query> forms = {
      Xapian::Query(TextTerm(kFields[kAll].exact_prefix, token.exact))};
  for (const std::string& lemma : token.lemmas) {
    forms.emplace_back(TextTerm(kFields[kAll].lemma_prefix, lemma));
  }
  return Xapian::Query(Xapian::Query::OP_OR, forms.begin(), forms.end());
}

}  // namespace

LanguageWords::LanguageWords(std::string language, Audience audience,
                             SearchContext& context)
    : language_(std::move(language)),
      registry_(context.registry()),
      spelling_(registry_.spelling().Of(language_)),
      analyzer_(context.analyzers.Of(language_)),
      database_(*context.corpus.Find(language_, audience)),
      forward_indexes_(context.corpus.ForwardIndexes(language_, audience)),
      vocabulary_(context.corpus.VocabularyOf(language_, audience)),
      shards_(context.corpus.RescueOf(language_, audience)) {}

std::vector<QueryPiece> LanguageWords::Read(std::string_view text) {
  const std::vector<Token> tokens = analyzer_.Analyze(text);
  std::vector<QueryPiece> pieces;
  for (const Token& token : tokens) {
    if (token.role != TokenRole::kWhole) continue;
    QueryPiece& piece = pieces.emplace_back();
    piece.begin = token.begin;
    piece.end = token.end;
    piece.token = token;
    piece.is_known = token.is_stop || Knows(token);
  }
  for (QueryPiece& piece : pieces) {
    if (piece.is_known) continue;
    size_t parts = 0;
    size_t known_parts = 0;
    for (const Token& token : tokens) {
      if (token.position > piece.token.position ||
          token.position + token.span <= piece.token.position ||
          token.role == TokenRole::kWhole) {
        continue;
      }
      const bool known = Knows(token);
      if (token.role == TokenRole::kPart) {
        ++parts;
        known_parts += known ? 1 : 0;
      } else if (known) {
        piece.is_known = true;
      }
    }
    if (parts > 1 && parts == known_parts) piece.is_known = true;
  }
  return pieces;
}

bool LanguageWords::Knows(const Token& token) const {
  const bool is_exact = vocabulary_.empty()
                            ? database_.term_exists(TextTerm(
                                  kFields[kAll].exact_prefix, token.exact))
                            : vocabulary_.Find(token.exact).has_value();
  return is_exact || std::any_of(token.lemmas.begin(), token.lemmas.end(),
                                 [&](const std::string& lemma) {
                                   return database_.term_exists(TextTerm(
                                       kFields[kAll].lemma_prefix, lemma));
                                 });
}

bool LanguageWords::IsDictionaryWord(std::string_view folded) const {
  return registry_.IsWord(language_, folded);
}

bool LanguageWords::HaveInARow(std::string_view text) {
  const Phrase phrase = MakePhrase(text, analyzer_);
  if (phrase.words.size() < 2) return false;
  std::vector<Xapian::Query> words;
  for (const std::vector<std::string>& forms : phrase.words) {
    std::vector<Xapian::Query> terms;
    for (const std::string& form : forms) {
      terms.emplace_back(TextTerm(kFields[kAll].exact_prefix, form));
    }
    words.emplace_back(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }
  Xapian::Enquire enquire(database_);
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_AND, words.begin(), words.end()));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, kCheckAtLeast);
  return std::any_of(found.begin(), found.end(), [&](Xapian::docid document) {
    const ShardDocument place = PlaceOf(document, forward_indexes_.size());
    const ForwardIndex* index = forward_indexes_[place.shard];
    return index != nullptr &&
           PhraseMatcher(phrase, *index)
               .StandsIn(index->Find(place.document), false);
  });
}

uint32_t LanguageWords::Together(const Token& word,
                                 const std::vector<Token>& others) const {
  if (others.empty()) return 0;
  std::vector<Xapian::Query> any;
  for (const Token& other : others) any.push_back(FormsOf(other));
  const Xapian::Query both(
      Xapian::Query::OP_AND, FormsOf(word),
      Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end()));
  Xapian::Enquire enquire(database_);
  enquire.set_query(both);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, 0, kCheckAtLeast).get_matches_estimated();
}

}  // namespace kbsearch::engine
