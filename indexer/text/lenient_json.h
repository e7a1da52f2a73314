// JSON as it is found in pages that passed through editors and typographers.
#ifndef KBSEARCH_INDEXER_TEXT_LENIENT_JSON_H_
#define KBSEARCH_INDEXER_TEXT_LENIENT_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace kbsearch::indexer {

// Writes `text` anew as JSON where it is nearly that: quotation marks of any
// style around keys and values, marks of the same kind inside texts, line
// breaks inside texts, commas too many or too few, comments, CDATA and
// semicolons around it, an end that was cut off. Linear in time and memory.
//   {“@type”: “Answer”, « text »: “Say "yes"”,} → {"@type":"Answer","text":"Say
//   \"yes\""}
// What is no JSON at all comes out as something else that is none.
std::string RepairJson(std::string_view text);

// Parses `text`, repaired when it must be (then *repaired is true). The result
// is discarded (is_discarded()) when it cannot be read even so.
nlohmann::json ParseLenientJson(std::string_view text, bool* repaired);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_TEXT_LENIENT_JSON_H_
