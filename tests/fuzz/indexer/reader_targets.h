// What is fuzzed of the indexer: each reader, and the JSON repair. A target
// takes any bytes whatsoever and ends the program with a message when something
// that must hold for every file does not.
//
// The same targets are run by libFuzzer (fuzz_reader) and, over the fixtures
// and changes of them, by fuzz_reader_replay.
#ifndef KBSEARCH_TESTS_FUZZ_INDEXER_READER_TARGETS_H_
#define KBSEARCH_TESTS_FUZZ_INDEXER_READER_TARGETS_H_

#include <span>
#include <string>
#include <string_view>

namespace kbsearch::fuzz {

// "reader.html", "reader.jsonl"… of every format, and "repair_json".
std::span<const std::string> ReaderTargetNames();
// REQUIRES: `target` is one of ReaderTargetNames().
void RunReaderTarget(std::string_view target, std::string_view bytes);

}  // namespace kbsearch::fuzz

#endif  // KBSEARCH_TESTS_FUZZ_INDEXER_READER_TARGETS_H_
