// What a language adds to the common front end: an ordered chain of named
// parts. One folder per language (lang/<code>/) builds its chain.
#ifndef KBSEARCH_ANALYZERS_LANGUAGE_H_
#define KBSEARCH_ANALYZERS_LANGUAGE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/stop_words.h"
#include "analyzers/token.h"

namespace kbsearch::analyzers {

// A word as the language parts see it.
struct Word {
  std::u32string_view surface;  // as written, cleaned
  std::string_view folded;      // UTF-8, never empty
};

// Word → the terms by which all its inflected forms are found. A word that may
// come of several lemmas gives them all; every word gives at least one.
// Not thread-safe.
class Lemmatizer {
 public:
  virtual ~Lemmatizer() = default;
  virtual void Lemmatize(const Word& word,
                         std::vector<std::string>* lemmas) = 0;
};

// Compound word → the words it is made of. Not thread-safe.
class CompoundSplitter {
 public:
  // A stretch of the folded word, in code points.
  struct Part {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  virtual ~CompoundSplitter() = default;
  // Empty when the word is no compound; else the parts in order, without the
  // linking letters between them. `lemmas` are the word's.
  virtual std::vector<Part> Split(const Word& word,
                                  std::span<const std::string> lemmas) = 0;
};

// Looks at the tokens of a sentence together and adds tokens to them
// (separable verbs, "can not"). Must keep the order that analyzer.h promises.
class TokenRule {
 public:
  virtual ~TokenRule() = default;
  // `text` is the original; tokens before `first` belong to earlier stretches.
  virtual void Apply(std::string_view text, size_t first,
                     std::vector<Token>* tokens) = 0;
};

// A stretch [begin, end) of a word, in code points.
struct WordPiece {
  size_t begin = 0;
  size_t end = 0;
};

// Divides a word that holds apostrophes ("l'adresse" → "adresse"). Pieces are
// in order, do not overlap and are not empty. Apostrophes that stay inside a
// piece vanish in its folded form ("aujourd'hui" → "aujourdhui").
using ApostropheRule = std::vector<WordPiece> (*)(std::u32string_view word);

// The parts of one language, for one thread.
struct LanguageChain {
  std::string language;
  const StopWords* stop_words = nullptr;  // owned by the Language
  ApostropheRule split_apostrophes = nullptr;
  std::unique_ptr<Lemmatizer> lemmatizer;
  std::unique_ptr<CompoundSplitter> compounds;  // may be null
  std::vector<std::unique_ptr<TokenRule>> token_rules;
  std::vector<std::string> part_names;  // for people: "elision", "stop words"…
};

// The tables of one language: immutable, shared by all threads.
class Language {
 public:
  virtual ~Language() = default;
  virtual std::unique_ptr<LanguageChain> NewChain() const = 0;
  virtual const StopWords& stop_words() const = 0;
  // Whether the language's dictionary has this (folded) word form; never where
  // there is no dictionary.
  virtual bool IsWord(std::string_view /*folded*/) const { return false; }
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANGUAGE_H_
