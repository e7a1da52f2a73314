// Gaps in prepared texts that a program or an agent fills in.
#ifndef KBSEARCH_ENGINE_INDEX_PLACEHOLDERS_H_
#define KBSEARCH_ENGINE_INDEX_PLACEHOLDERS_H_

#include <string>
#include <string_view>

namespace kbsearch::engine {

// The text with each gap as one space: {{ticket.id}}, {% if … %}, {name},
// ${name}, %NAME%, <<name>>, and [company's name], unless a link's address or
// a number of a note follows or stands in the brackets ("[1]", "[here](…)").
//   "Γεια σας {{user.name}}, αίτημα [αριθμός]." → "Γεια σας  , αίτημα  ."
std::string WithoutPlaceholders(std::string_view text);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_PLACEHOLDERS_H_
