// What is fuzzed. A target takes any bytes whatsoever and ends the program with
// a message when something that must hold for all of them does not.
//
// Each module has a set of targets (analyzers/, engine/, indexer/), linked with
// both of these:
//   fuzz_<module>         libFuzzer (make fuzz), one target for minutes
//   fuzz_<module>_replay  every target over its seeds and changes of them, the
//                         same ones each time (make test)
#ifndef KBSEARCH_TESTS_FUZZ_FUZZ_TARGET_H_
#define KBSEARCH_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace kbsearch::fuzz {

// The module's set defines these two.
std::span<const std::string> TargetNames();
// REQUIRES: `target` is one of TargetNames().
void RunTarget(std::string_view target, std::string_view bytes);

inline void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "violated: " << what << "\n";
  std::abort();
}

}  // namespace kbsearch::fuzz

#endif  // KBSEARCH_TESTS_FUZZ_FUZZ_TARGET_H_
