// libFuzzer's entry: KBSEARCH_FUZZ_TARGET=NAME fuzz_<module> FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string target = [] {
    const char* name = std::getenv("KBSEARCH_FUZZ_TARGET");
    const auto names = kbsearch::fuzz::TargetNames();
    if (name != nullptr && std::ranges::find(names, name) != names.end()) {
      return std::string(name);
    }
    std::cerr << "set KBSEARCH_FUZZ_TARGET to one of:";
    for (const std::string& known : names) std::cerr << " " << known;
    std::cerr << "\n";
    std::exit(2);
  }();
  kbsearch::fuzz::RunTarget(target,
                            {reinterpret_cast<const char*>(data), size});
  return 0;
}
