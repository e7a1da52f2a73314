// What one language of a corpus knows of words, as far as one audience may
// know it: asked while a query is rescued.
#ifndef KBSEARCH_ENGINE_RESCUE_LANGUAGE_WORDS_H_
#define KBSEARCH_ENGINE_RESCUE_LANGUAGE_WORDS_H_

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/token.h"
#include "engine/index/vocabulary.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// A word of a query, as a language sees it; bytes [begin, end) of the query.
struct QueryPiece {
  uint32_t begin = 0;
  uint32_t end = 0;
  analyzers::Token token;
  bool is_known = false;  // some document of the language holds it
};

// For one search, hence one thread. Methods throw Xapian errors.
class LanguageWords {
 public:
  // REQUIRES: the corpus has something for the audience in the language.
  LanguageWords(std::string language, Audience audience,
                SearchContext& context);

  const std::string& language() const { return language_; }
  const analyzers::LanguageSpelling& spelling() const { return spelling_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const std::vector<std::shared_ptr<const ShardRescue>>& shards() const {
    return shards_;
  }
  uint32_t documents() const { return database_.get_doccount(); }

  // The words of a text. Known is also what is known by its variants, its parts
  // or as joined with its neighbours.
  std::vector<QueryPiece> Read(std::string_view text);

  // Whether a document holds the word or a form of it.
  bool Knows(const analyzers::Token& token) const;
  bool IsDictionaryWord(std::string_view folded) const;

  // Whether a document (of the first few hundred that hold them all) has the
  // words of the text one behind the other.
  bool HaveInARow(std::string_view text);

  // Documents (an estimate) that hold the word and any of the others.
  uint32_t Together(const analyzers::Token& word,
                    const std::vector<analyzers::Token>& others) const;

 private:
  const std::string language_;
  const analyzers::Registry& registry_;
  const analyzers::LanguageSpelling& spelling_;
  analyzers::Analyzer& analyzer_;
  Xapian::Database& database_;
  const std::vector<const ForwardIndex*> forward_indexes_;
  const Vocabulary vocabulary_;
  const std::vector<std::shared_ptr<const ShardRescue>> shards_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_LANGUAGE_WORDS_H_
