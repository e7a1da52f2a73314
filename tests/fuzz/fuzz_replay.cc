// fuzz_replay SEEDS: every target over the seeds and over changes of them, the
// same ones each time. What a regression of the long run leaves behind becomes
// a seed, so that it is seen here.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "base/file.h"
#include "tests/fuzz/targets.h"

namespace kbsearch::fuzz {
namespace {

constexpr int kChangesOfASeed = 40;

std::vector<std::string> ReadSeeds(const std::string& folder) {
  std::vector<std::string> seeds;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (auto content = ReadFile(file.path()); content.ok()) {
      seeds.push_back(*std::move(content));
    }
  }
  std::ranges::sort(seeds);
  return seeds;
}

// Bytes changed, cut out, doubled, and taken from another seed.
std::string Changed(const std::string& seed, const std::string& other,
                    std::mt19937* random) {
  std::string text = seed;
  const auto place = [&](const std::string& in) {
    return in.empty() ? 0 : (*random)() % in.size();
  };
  for (unsigned step = (*random)() % 4 + 1; step > 0 && !text.empty(); --step) {
    const size_t at = place(text);
    switch ((*random)() % 4) {
      case 0:
        text[at] = static_cast<char>((*random)());
        break;
      case 1:
        text.erase(at, (*random)() % 8 + 1);
        break;
      case 2:
        text.insert(at, text.substr(place(text), (*random)() % 16));
        break;
      default:
        text.insert(at, other.substr(place(other), (*random)() % 16));
        break;
    }
  }
  return text;
}

int Run(const std::string& folder) {
  const std::vector<std::string> seeds = ReadSeeds(folder);
  if (seeds.empty()) {
    std::cerr << "no seeds in " << folder << "\n";
    return 1;
  }
  for (const std::string& target : TargetNames()) {
    std::mt19937 random(20260101);
    RunTarget(target, "");
    for (const std::string& seed : seeds) {
      RunTarget(target, seed);
      for (int i = 0; i < kChangesOfASeed; ++i) {
        RunTarget(target,
                  Changed(seed, seeds[random() % seeds.size()], &random));
      }
    }
    std::cout << target << ": held for " << seeds.size() << " seeds\n";
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fuzz_replay SEEDS\n";
    return 2;
  }
  return kbsearch::fuzz::Run(argv[1]);
}
