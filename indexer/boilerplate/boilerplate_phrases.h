// What stands around articles on pages of support sites, in the words of the
// five languages: boilerplate/<code>.txt, built into the program.
#ifndef KBSEARCH_INDEXER_BOILERPLATE_BOILERPLATE_PHRASES_H_
#define KBSEARCH_INDEXER_BOILERPLATE_BOILERPLATE_PHRASES_H_

#include <string>
#include <string_view>

namespace kbsearch::indexer {

// The words of a text, folded and divided by single spaces; the form in which
// phrases are compared.
//   "Σας βοήθησε αυτό το άρθρο;" → "σασ βοηθησε αυτο το αρθρο"
std::string FoldedWords(std::string_view text);

// All take FoldedWords. Thread-safe.

// The phrase of a notice (cookies, rating, newsletter, trial, copyright…) that
// the text holds, as folded words, or empty.
std::string_view FindNoticePhrase(std::string_view folded);

// The text is a control of the page and nothing else ("Αρχική", "Se
// connecter"), or consists of names of languages only ("English Français
// Русский").
bool IsPageLabel(std::string_view folded);

// A heading of what follows an article ("Related articles", "Reacties").
bool IsTailHeading(std::string_view folded);

// The title of an FAQ page ("Συχνές ερωτήσεις για τις επιστροφές").
bool NamesFaqPage(std::string_view folded_title);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BOILERPLATE_BOILERPLATE_PHRASES_H_
