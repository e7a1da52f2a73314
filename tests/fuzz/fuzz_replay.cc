// fuzz_<module>_replay CORPUS SEEDS...: every target over all files of the
// folders SEEDS and over changes of them, then over those of CORPUS/<target>,
// which libFuzzer has found. The same runs each time.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxBytes = 20'000;
// For each seed and target: many of a few short ones, few of many long ones.
constexpr size_t kChangesOfAllSeeds = 480;
constexpr size_t kMaxChangesOfASeed = 40;
// Marks that formats and languages are written with.
constexpr std::string_view kPieces[] = {
    "<div>", "</p>", "<h2 id=\"", "{\"@type\":", "“",    "»",        "\"",
    "\n",    "{{",   "]]>",       "&quot;",      "\xC3", "\xFF\xFE", "[",
    "}",     ",",    ";",         "<script>",    "| ",   "-",        "\t"};

std::vector<std::string> ReadSeeds(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  std::vector<std::string> seeds;
  for (const std::string& path : paths) {
    const auto content = ReadFile(path);
    if (content.ok()) seeds.push_back(content->substr(0, kMaxBytes));
  }
  return seeds;
}

// Bytes changed, cut out, doubled, cut off, put in, and taken from another
// seed.
std::string Changed(std::string text, std::string_view other,
                    std::mt19937& random) {
  const auto below = [&random](size_t limit) { return random() % limit; };
  for (size_t step = 1 + below(5); step > 0 && !text.empty(); --step) {
    const size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1 + below(30));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(200)));
        break;
      case 3:
        text.insert(at, kPieces[below(std::size(kPieces))]);
        break;
      case 4:
        text.insert(at, other.substr(below(other.size() + 1), below(16)));
        break;
      default:
        if (below(4) == 0) text.resize(at + 1);
    }
  }
  return text;
}

int Run(const std::string& corpus, const std::vector<std::string>& folders) {
  std::vector<std::string> seeds;
  for (const std::string& folder : folders) {
    std::ranges::move(ReadSeeds(folder), std::back_inserter(seeds));
  }
  if (seeds.empty()) {
    std::cerr << "no seeds in " << folders.front() << "\n";
    return 1;
  }
  const size_t changes = std::clamp<size_t>(kChangesOfAllSeeds / seeds.size(),
                                            5, kMaxChangesOfASeed);
  for (const std::string& target : TargetNames()) {
    std::mt19937 random(20260101);
    RunTarget(target, "");
    for (const std::string& seed : seeds) {
      RunTarget(target, seed);
      for (size_t i = 0; i < changes; ++i) {
        RunTarget(target,
                  Changed(seed, seeds[random() % seeds.size()], random));
      }
    }
    const std::vector<std::string> found = ReadSeeds(corpus + "/" + target);
    for (const std::string& input : found) RunTarget(target, input);
    std::cout << target << ": held for " << seeds.size() << " seeds, "
              << changes << " changes of each, and " << found.size()
              << " inputs found\n";
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::fuzz

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: fuzz_<module>_replay CORPUS SEEDS...\n";
    return 2;
  }
  return kbsearch::fuzz::Run(argv[1], {argv + 2, argv + argc});
}
