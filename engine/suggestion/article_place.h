// Where an article stands, by its id: pages of one folder, and pages whose
// names share words, are on neighbouring matters, whatever their language. Ids
// of crawled sites and of file trees are paths; other ids say nothing here.
#ifndef KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_
#define KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_

#include <string_view>

namespace kbsearch::engine {

struct PlaceLikeness {
  // Folders in common from the top / folders of the longer path; 0 when either
  // has none.
  double folders = 0;
  // Words that both names hold / words that either holds (Jaccard). A name is
  // what follows the last '/', without its extension; its words are runs of
  // three letters or more, folded.
  double names = 0;
};

// Both without the "#<n>" of an entry. Any bytes are accepted.
//   "guide/mail/send_mail.html", "guide/mail/read-mail.html"
//     → folders 1, names 1/3 (mail of mail, read, send)
//   "guide/mail/send_mail.html", "guide/calendar.html" → folders 1/2, names 0
//   "4711", "4712" → 0, 0
PlaceLikeness ComparePlaces(std::string_view a, std::string_view b);

// What that adds to the score of a relative (RelationScore). The weights are
// fitted with those of the words by tests/relevance/fit-related.
double PlaceScore(const PlaceLikeness& likeness);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_
