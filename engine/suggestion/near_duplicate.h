// How much of their wording two articles share.
#ifndef KBSEARCH_ENGINE_SUGGESTION_NEAR_DUPLICATE_H_
#define KBSEARCH_ENGINE_SUGGESTION_NEAR_DUPLICATE_H_

#include "engine/article.h"

namespace kbsearch::engine {

// The resemblance of the texts (Broder: On the Resemblance and Containment of
// Documents, 1997): of the runs of three words that one of them holds, the
// share that both hold. 1 for equal texts; titles, case and accents do not
// count. 0 when a text has fewer than three words.
double Resemblance(const Article& a, const Article& b);

// From here on an article is nearly the same as another.
inline constexpr double kNearDuplicate = 0.6;

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_NEAR_DUPLICATE_H_
