#include "engine/index/document_list.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "engine/index/open_corpus.h"

namespace kbsearch::engine {
namespace {

// Sorted document numbers of each database, by its UUID: a source is told the
// database it works on, not which of the joined ones that is.
using DocumentLists = std::map<std::string, std::vector<Xapian::docid>>;

class DocumentListSource : public Xapian::PostingSource {
 public:
  explicit DocumentListSource(std::shared_ptr<const DocumentLists> lists)
      : lists_(std::move(lists)) {}

  void init(const Xapian::Database& database) override {
    static const auto* const kNone = new std::vector<Xapian::docid>();
    const auto found = lists_->find(database.get_uuid());
    documents_ = found == lists_->end() ? kNone : &found->second;
    started_ = false;
    at_ = 0;
  }

  Xapian::PostingSource* clone() const override {
    return new DocumentListSource(lists_);
  }

  Xapian::doccount get_termfreq_min() const override { return Size(); }
  Xapian::doccount get_termfreq_est() const override { return Size(); }
  Xapian::doccount get_termfreq_max() const override { return Size(); }

  Xapian::docid get_docid() const override { return (*documents_)[at_]; }
  bool at_end() const override { return at_ >= documents_->size(); }

  void next(double) override {
    if (std::exchange(started_, true)) ++at_;
  }

  void skip_to(Xapian::docid document, double) override {
    started_ = true;
    const auto from = documents_->begin() + static_cast<std::ptrdiff_t>(at_);
    at_ = static_cast<size_t>(
        std::lower_bound(from, documents_->end(), document) -
        documents_->begin());
  }

 private:
  Xapian::doccount Size() const {
    return static_cast<Xapian::doccount>(documents_->size());
  }

  const std::shared_ptr<const DocumentLists> lists_;
  const std::vector<Xapian::docid>* documents_ = nullptr;  // of *lists_
  bool started_ = false;
  size_t at_ = 0;
};

}  // namespace

Xapian::Query DocumentListQuery(const std::vector<Xapian::docid>& documents,
                                const Xapian::Database& database,
                                size_t shards) {
  const std::vector<std::string> uuids =
      absl::StrSplit(database.get_uuid(), ':');
  auto lists = std::make_shared<DocumentLists>();
  for (const Xapian::docid document : documents) {
    const ShardDocument place = PlaceOf(document, shards);
    if (place.shard >= uuids.size()) continue;
    (*lists)[uuids[place.shard]].push_back(place.document);
  }
  for (auto& [uuid, list] : *lists) std::sort(list.begin(), list.end());
  return Xapian::Query((new DocumentListSource(std::move(lists)))->release());
}

}  // namespace kbsearch::engine
