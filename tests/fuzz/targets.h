// What is fuzzed. Each function takes any bytes whatsoever and ends the program
// with a message when something that must hold for every text does not.
//
// The same functions are run by libFuzzer (make fuzz) and, over the seeds and
// changes of them, by fuzz_replay (make test).
#ifndef KBSEARCH_TESTS_FUZZ_TARGETS_H_
#define KBSEARCH_TESTS_FUZZ_TARGETS_H_

#include <span>
#include <string>
#include <string_view>

namespace kbsearch::fuzz {

// Analysis by the chain of one language: tokens in order, inside the text and
// at character borders, terms not empty and of a length the index takes, the
// same whether the analyzer is new or used.
void FuzzAnalyzer(std::string_view language, std::string_view text);

// Cleaning: code points cover the text in order and begin at its characters.
void FuzzCleanText(std::string_view text);

// Identification: probabilities sum to 1; parts cover the text without gap.
void FuzzIdentifier(std::string_view text);

// "clean_text", "identifier", and "analyzer.<code>" of every language.
std::span<const std::string> TargetNames();
// REQUIRES: `target` is one of TargetNames().
void RunTarget(std::string_view target, std::string_view text);

}  // namespace kbsearch::fuzz

#endif  // KBSEARCH_TESTS_FUZZ_TARGETS_H_
