// Synonyms and curations as files: JSON in UTF-8, an entry a line, to be read
// and edited by people.
//
//   {"synonyms": [
//     {"from": ["σπασμένο", "χαλασμένο"], "to": ["ελαττωματικό"],
//      "one_way": true},
//     {"from": ["κινητό", "τηλέφωνο"]}
//   ]}
//   {"curations": [
//     {"query": "επιστροφή χρημάτων", "language_code": "el",
//      "pinned_article_ids": ["refund"], "hidden_article_ids": []}
//   ]}
//
// The fields are those of the API's messages, so that `kbsearch synonyms
// export` and these files are one format. Empty fields may be left out.
#ifndef KBSEARCH_ENGINE_OPERATORS_RULE_FILES_H_
#define KBSEARCH_ENGINE_OPERATORS_RULE_FILES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/operators/curations.h"
#include "engine/operators/synonyms.h"

namespace kbsearch::engine {

// DATA/corpora/<corpus>/synonyms.<language>.json, …/curations.json: beside the
// generations, so that a rebuild leaves them alone.
std::string SynonymFile(const std::string& data_dir, std::string_view corpus,
                        std::string_view language);
std::string CurationFile(const std::string& data_dir, std::string_view corpus);

// InvalidArgument names the line (not JSON) or the entry and the field.
absl::StatusOr<std::vector<Synonym>> ParseSynonyms(std::string_view json);
absl::StatusOr<std::vector<Curation>> ParseCurations(std::string_view json);

std::string FormatSynonyms(const std::vector<Synonym>& synonyms);
std::string FormatCurations(const std::vector<Curation>& curations);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_RULE_FILES_H_
