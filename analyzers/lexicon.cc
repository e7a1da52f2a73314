#include "analyzers/lexicon.h"

#include <cstring>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::analyzers {
namespace {

// A look-up needs an agent, which allocates: one per thread serves all tries.
marisa::Agent& ThreadAgent() {
  thread_local marisa::Agent agent;
  return agent;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Lexicon>> Lexicon::Open(
    const ResourceFolder& folder, std::string_view name) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file = folder.Map(name);
  if (!file.ok()) return file.status();
  std::unique_ptr<Lexicon> lexicon(new Lexicon(*std::move(file)));
  const std::string_view bytes = lexicon->file_->bytes();
  const auto damaged = [&](absl::string_view why) {
    return absl::DataLossError(
        absl::StrCat("lexicon ", folder.PathOf(name), ": ", why,
                     "; build the target kbsearch_resources again"));
  };
  LexiconHeader header;
  if (bytes.size() < sizeof(header)) return damaged("too short");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, LexiconHeader().magic, 8) != 0) {
    return damaged("not of this version");
  }
  if (header.trie_bytes % 4 != 0 || header.trie_bytes > bytes.size() ||
      header.keys > bytes.size() ||
      sizeof(header) + header.trie_bytes + 2 * header.keys != bytes.size()) {
    return damaged("cut off");
  }
  const char* const trie = bytes.data() + sizeof(header);
  try {
    lexicon->trie_.map(trie, header.trie_bytes);
  } catch (const marisa::Exception& error) {
    return damaged(error.what());
  }
  if (lexicon->trie_.num_keys() != header.keys) {
    return damaged("trie and weights disagree");
  }
  lexicon->weights_ = {
      reinterpret_cast<const uint16_t*>(trie + header.trie_bytes), header.keys};
  return lexicon;
}

bool Lexicon::Contains(std::string_view word) const {
  marisa::Agent& agent = ThreadAgent();
  agent.set_query(word.data(), word.size());
  return trie_.lookup(agent);
}

uint32_t Lexicon::Weight(std::string_view word) const {
  marisa::Agent& agent = ThreadAgent();
  agent.set_query(word.data(), word.size());
  return trie_.lookup(agent) ? weights_[agent.key().id()] : 0;
}

}  // namespace kbsearch::analyzers
