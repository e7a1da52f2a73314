// Questions and answers of an article: found in its text, and kept out of its
// blocks once they are entries.
#ifndef KBSEARCH_INDEXER_READERS_FAQ_TEXT_H_
#define KBSEARCH_INDEXER_READERS_FAQ_TEXT_H_

#include <string_view>

#include "engine/article.h"

namespace kbsearch::indexer {

// "Πώς αλλάζω τον κωδικό;", "Wie helpt mij?": ends with the question mark of
// its script (Greek uses ';').
bool IsQuestion(std::string_view text);

// Makes entries of questions and the text below each, where the article is a
// list of such: three headings or more, most of all, are questions; or its
// title names an FAQ page and two lines or more are. An article with entries is
// left as it is. True: entries were made.
//   heading "Πότε παραλαμβάνω;" #when, paragraph "Σε 3 ημέρες." …
//   → entry {"Πότε παραλαμβάνω;", "Σε 3 ημέρες.", "when"}
bool TakeQuestionsFromBlocks(engine::Article* article);

// Takes the text of the article's entries out of its blocks, so that it is
// indexed once, and gives each entry the anchor of its question in the page.
// Blocks that say more than the entry stay.
void RemoveEntriesFromBlocks(engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_FAQ_TEXT_H_
