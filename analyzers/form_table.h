// Reviewed lists "form lemma…" as the languages keep them in text files.
#ifndef KBSEARCH_ANALYZERS_FORM_TABLE_H_
#define KBSEARCH_ANALYZERS_FORM_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

using FormTable = absl::flat_hash_map<std::string, std::vector<std::string>>;

// Lines of the same form add up. `name` as in ResourceFolder::ReadLines.
absl::StatusOr<FormTable> ReadFormTable(const ResourceFolder& folder,
                                        std::string_view name);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_FORM_TABLE_H_
