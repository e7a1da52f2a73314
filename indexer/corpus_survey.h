// What is known of articles only when all have been read: paragraphs that many
// repeat, articles that are nearly one another, translations that are none.
#ifndef KBSEARCH_INDEXER_CORPUS_SURVEY_H_
#define KBSEARCH_INDEXER_CORPUS_SURVEY_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/article.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// 64 bits that differ in few places where texts differ in few words (Charikar,
// "Similarity Estimation Techniques from Rounding Algorithms", STOC 2002), of
// all runs of three words. 0: too short to tell.
uint64_t SimHash(std::string_view text);

// LookAt, the costly part, then Count for every article; after the last Judge
// for every one, in the same order. LookAt may be called by several threads,
// the others by one. Memory: 16 MB, and about 300 bytes an article.
class CorpusSurvey {
 public:
  // Tells a text's language and how sure that is (0–1); may be null.
  using Identify =
      std::function<std::pair<std::string, double>(std::string_view text)>;
  explicit CorpusSurvey(Identify identify);

  // What a record shows by itself.
  struct Look {
    std::vector<uint64_t> paragraphs;  // hashes; given up when counted
    std::string language;              // of the text; empty: not sure
    uint64_t hash = 0;                 // SimHash
  };
  Look LookAt(const Record& record) const;

  void Count(const engine::Article& article, Look* look);

  // Marks paragraphs that stand in many articles (engine::Block::weight 0: they
  // are found, and count nothing), corrects a language that cannot be the
  // text's, and reports what an operator should look at: repeated paragraphs,
  // near-duplicates in a language, pages in another language than they say.
  void Judge(Record* record, const Look& look, RecordSink& sink);

 private:
  std::vector<size_t> RepeatedBlocks(const engine::Article& article) const;
  std::string LanguageOf(std::string_view text) const;
  void WeighParagraphs(const std::vector<size_t>& repeated, Record* record,
                       RecordSink& sink);
  void CheckLanguage(const std::string& language, Record* record,
                     RecordSink& sink);
  void FindNearDuplicate(uint64_t hash, const Record& record, RecordSink& sink);
  uint32_t CountOf(uint64_t paragraph) const;

  struct Seen {
    uint64_t hash;
    std::string id;
  };

  const Identify identify_;
  uint64_t articles_ = 0;
  // A count-min sketch (Cormode, Muthukrishnan, 2005): never too low, and too
  // high by a few at most.
  std::array<std::vector<uint16_t>, 2> counts_;
  std::unordered_set<uint64_t> reported_;  // repeated paragraphs
  std::unordered_map<std::string, std::vector<std::string>>
      languages_;  // by id
  std::vector<Seen> seen_;
  // Articles by language and each 16 bits of their hash: two that differ in at
  // most three bits have one of the four in common.
  std::unordered_multimap<uint64_t, uint32_t> bands_;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_CORPUS_SURVEY_H_
