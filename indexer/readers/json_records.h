// Files of JSON objects: one a line, an array of them, or one object that holds
// arrays of them.
#ifndef KBSEARCH_INDEXER_READERS_JSON_RECORDS_H_
#define KBSEARCH_INDEXER_READERS_JSON_RECORDS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "indexer/reader.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

// Larger files must have one object a line.
inline constexpr size_t kMaxJsonBytes = 100'000'000;

// Calls `each` with every object, where it begins, and the name of the list it
// was in ("" when the object stands by itself). Of an object that has one of
// the fields `lists`, those arrays' elements are the objects, otherwise it is
// one itself:
//   {"threads":[{…},{…}]} with lists {"threads"} → two objects
// What cannot be read is reported. Not OK only when `each` was not.
using JsonRecordVisitor = std::function<absl::Status(
    const nlohmann::json& object, uint64_t line, std::string_view list)>;
absl::Status ForEachJsonRecord(const SourceFile& file,
                               std::unique_ptr<ByteStream> bytes,
                               const std::vector<std::string_view>& lists,
                               RecordSink& sink, const JsonRecordVisitor& each);

// Values of fields as text: strings as they are, numbers and booleans written
// out ("4711"); anything else and absent fields are empty.
std::string TextOf(const nlohmann::json& object, std::string_view field);
// The first of several fields that is not empty.
std::string FirstTextOf(const nlohmann::json& object,
                        std::initializer_list<std::string_view> fields);
// A list of strings, or a single one.
std::vector<std::string> ListOf(const nlohmann::json& object,
                                std::string_view field);
bool IsTrue(const nlohmann::json& object, std::string_view field);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_JSON_RECORDS_H_
