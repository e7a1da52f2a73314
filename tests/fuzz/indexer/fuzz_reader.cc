// libFuzzer's entry; $KBSEARCH_FUZZ_TARGET names the target.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/fuzz/indexer/reader_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const char* const named = std::getenv("KBSEARCH_FUZZ_TARGET");
  static const std::string target = named == nullptr ? "reader.html" : named;
  kbsearch::fuzz::RunReaderTarget(target,
                                  {reinterpret_cast<const char*>(data), size});
  return 0;
}
