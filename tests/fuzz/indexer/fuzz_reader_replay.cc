// Runs every reader target over files and over changes of them, the same on
// every run:
//   fuzz_reader_replay FOLDER...
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "base/file.h"
#include "tests/fuzz/indexer/reader_targets.h"

namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxBytes = 20'000;
constexpr int kChangesOfAFile = 5;
constexpr const char* kPieces[] = {
    "<div>", "</p>", "<h2 id=\"", "{\"@type\":", "“",    "»",        "\"",
    "\n",    "{{",   "]]>",       "&quot;",      "\xC3", "\xFF\xFE", "[",
    "}",     ",",    ";",         "<script>",    "| "};

// A file with a few bytes changed, cut, doubled or put in.
std::string Changed(std::string text, std::mt19937& random) {
  const auto below = [&random](size_t limit) { return random() % limit; };
  for (size_t changes = 1 + below(6); changes > 0 && !text.empty(); --changes) {
    const size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1 + below(50));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(200)));
        break;
      case 3:
        text.insert(at, kPieces[below(std::size(kPieces))]);
        break;
      default:
        text.resize(at + 1);
    }
  }
  return text;
}

std::vector<std::string> ReadSeeds(const std::vector<std::string>& folders) {
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const std::string& path : paths) {
    const auto content = kbsearch::ReadFile(path);
    if (content.ok()) seeds.push_back(content->substr(0, kMaxBytes));
  }
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: fuzz_reader_replay FOLDER...\n";
    return 2;
  }
  const std::vector<std::string> seeds = ReadSeeds({argv + 1, argv + argc});
  if (seeds.empty()) {
    std::cerr << "the folders hold no file\n";
    return 1;
  }
  size_t runs = 0;
  for (const std::string& target : kbsearch::fuzz::ReaderTargetNames()) {
    std::mt19937 random(1);
    for (const std::string& seed : seeds) {
      kbsearch::fuzz::RunReaderTarget(target, seed);
      for (int i = 0; i < kChangesOfAFile; ++i) {
        kbsearch::fuzz::RunReaderTarget(target, Changed(seed, random));
      }
      runs += size_t{kChangesOfAFile} + 1;
    }
  }
  std::cout << runs << " runs over " << seeds.size() << " files\n";
  return 0;
}
