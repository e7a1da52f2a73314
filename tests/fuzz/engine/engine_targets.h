// The parts of the engine's set of targets.
#ifndef KBSEARCH_TESTS_FUZZ_ENGINE_ENGINE_TARGETS_H_
#define KBSEARCH_TESTS_FUZZ_ENGINE_ENGINE_TARGETS_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/registry.h"

namespace kbsearch::fuzz {

struct Target {
  std::string name;
  std::function<void(std::string_view)> run;
};

// "file.change_log", "file.titles"…: files of a data folder, damaged.
std::vector<Target> FileTargets();
// "search", "autocomplete", "suggest": whatever is typed, in a small index.
std::vector<Target> SearchTargets();

// Ends the program when the language resources are not there.
std::shared_ptr<const analyzers::Registry> SharedRegistry();

// A new folder for temporary files, below $TMPDIR; removed when the program
// ends as it should.
const std::string& TemporaryFolder();

}  // namespace kbsearch::fuzz

#endif  // KBSEARCH_TESTS_FUZZ_ENGINE_ENGINE_TARGETS_H_
