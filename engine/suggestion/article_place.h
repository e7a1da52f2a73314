// Where an article stands, by its id: pages of one folder, and pages whose
// names share words, are on neighbouring matters, whatever their language. Ids
// of crawled sites and of file trees are paths and tell that; other ids
// ("article-17", "sop-refunds") say nothing here.
#ifndef KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_
#define KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_

#include <span>
#include <string_view>
#include <vector>

namespace kbsearch::engine {

// Of two ids; both 0 unless both have a folder.
struct PlaceLikeness {
  // Folders in common from the top / folders of the longer path.
  double folders = 0;
  // Words that both names hold / words that either holds (Jaccard). A name is
  // what follows the last '/', without its extension; its words are runs of
  // letters and digits, three or more, not of digits alone, folded. A word that
  // more than half of the names of the article's own folder hold does not
  // count.
  double names = 0;
};

// `id` beside each of `others`, the candidates, in their order; the names of
// `id`'s folder are its own and the candidates' there. All without the "#<n>"
// of an entry; one may come several times. Any bytes are accepted.
//   "guide/mail/send_mail.html" beside
//     "guide/phone/read-mail.html" → folders 1/2, names 1/3 (mail of mail,
//                                    read, send)
//     "guide/mail/address.html"    → folders 1, names 0
//   "kb/article-17" beside "kb/article-18" → folders 1, names 0
//   "article-17" beside "article-18"       → 0, 0
std::vector<PlaceLikeness> ComparePlaces(
    std::string_view id, std::span<const std::string_view> others);

// What that adds to the score of a relative (RelationScore).
double PlaceScore(const PlaceLikeness& likeness);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_ARTICLE_PLACE_H_
