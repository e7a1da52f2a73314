// The registry of the build tree, loaded once for all tests.
#ifndef KBSEARCH_TESTS_UNIT_ANALYZERS_SHARED_REGISTRY_H_
#define KBSEARCH_TESTS_UNIT_ANALYZERS_SHARED_REGISTRY_H_

#include <cstdlib>
#include <iostream>
#include <memory>

#include "analyzers/registry.h"

namespace kbsearch::analyzers {

inline const Registry& SharedRegistry() {
  static const std::shared_ptr<const Registry> registry = [] {
    absl::StatusOr<std::shared_ptr<const Registry>> loaded = Registry::Load();
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::abort();
    }
    return *std::move(loaded);
  }();
  return *registry;
}

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_TESTS_UNIT_ANALYZERS_SHARED_REGISTRY_H_
