// The lines of a mail that its writer wrote, and wrote about the matter.
#ifndef KBSEARCH_ENGINE_SUGGESTION_MAIL_TEXT_H_
#define KBSEARCH_ENGINE_SUGGESTION_MAIL_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/suggestion/folded_words.h"

namespace kbsearch::engine {

struct MailLine {
  std::string text;
  std::vector<FoldedWord> words;  // of `text`
};

// The lines of `body` without quoted and forwarded mail, legal notices, lines
// that mail programs add, greeting and signature; empty lines part paragraphs.
// What is quoted is taken for the mail when nothing else was written.
//
// Quoted are lines that begin with '>', and what follows a line such as
// "On 3 May 2026 Ann <ann@example.org> wrote:", "Le … a écrit :",
// "-----Original Message-----" or two lines of header fields ("From: …").
std::vector<MailLine> WrittenLines(std::string_view body);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_MAIL_TEXT_H_
