// Makes the section that FingerprintTable maps.
#ifndef KBSEARCH_ANALYZERS_TABLES_FINGERPRINT_TABLE_BUILDER_H_
#define KBSEARCH_ANALYZERS_TABLES_FINGERPRINT_TABLE_BUILDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kbsearch::analyzers {

// REQUIRES: no value is FingerprintTable::kEmpty. Tries seeds until every key
// is found with its own value; the result depends on the entries alone.
std::string SerializeFingerprintTable(
    const std::map<std::string_view, uint32_t>& entries);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_FINGERPRINT_TABLE_BUILDER_H_
