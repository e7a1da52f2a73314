#include "analyzers/lemma_table.h"

#include <cstring>
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

absl::Status Damaged(const std::string& path, std::string_view why) {
  return absl::DataLossError(absl::StrCat(
      "lemma table ", path, ": ", absl::string_view(why.data(), why.size()),
      "; build the target kbsearch_resources again"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<LemmaTable>> LemmaTable::Open(
    const ResourceFolder& folder, std::string_view name) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file = folder.Map(name);
  if (!file.ok()) return file.status();
  std::unique_ptr<LemmaTable> table(new LemmaTable(*std::move(file)));
  const std::string_view bytes = table->file_->bytes();
  const std::string path = folder.PathOf(name);
  LemmaTableHeader header;
  if (bytes.size() < sizeof(header)) return Damaged(path, "too short");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, LemmaTableHeader().magic, 8) != 0) {
    return Damaged(path, "not of this version");
  }
  if (header.trie_bytes % 4 != 0 || header.trie_bytes > bytes.size() ||
      header.keys > bytes.size() || header.list_entries > bytes.size() ||
      sizeof(header) + header.trie_bytes +
              4 * (header.keys + header.list_entries) !=
          bytes.size()) {
    return Damaged(path, "cut off");
  }
  const char* const trie = bytes.data() + sizeof(header);
  try {
    table->trie_.map(trie, header.trie_bytes);
  } catch (const marisa::Exception& error) {
    return Damaged(path, error.what());
  }
  const auto* const numbers =
      reinterpret_cast<const uint32_t*>(trie + header.trie_bytes);
  table->first_ = {numbers, header.keys};
  table->lists_ = {numbers + header.keys, header.list_entries};
  if (table->trie_.num_keys() != header.keys) {
    return Damaged(path, "trie and index disagree");
  }
  return table;
}

uint32_t LemmaTable::FirstOf(std::string_view form) const {
  marisa::Agent& agent = ThreadAgent();
  agent.set_query(form.data(), form.size());
  return trie_.lookup(agent) ? first_[agent.key().id()] : kNoLemma;
}

std::string LemmaTable::KeyOf(uint32_t id) const {
  marisa::Agent& agent = ThreadAgent();
  agent.set_query(id);
  trie_.reverse_lookup(agent);
  return std::string(agent.key().ptr(), agent.key().length());
}

bool LemmaTable::Contains(std::string_view form) const {
  return FirstOf(form) != kNoLemma;
}

bool LemmaTable::Lookup(std::string_view form,
                        std::vector<std::string>* lemmas) const {
  const uint32_t first = FirstOf(form);
  if (first == kNoLemma) return false;
  if ((first & kListFlag) == 0) {
    lemmas->push_back(KeyOf(first));
    return true;
  }
  const uint32_t start = first & ~kListFlag;
  const uint32_t count = lists_[start];
  for (const uint32_t id : lists_.subspan(start + 1, count)) {
    lemmas->push_back(KeyOf(id));
  }
  return true;
}

}  // namespace kbsearch::analyzers
