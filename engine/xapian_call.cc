#include "engine/xapian_call.h"

#include <xapian.h>

#include <new>
#include <string>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {

absl::Status StatusOfCurrentException(std::string_view what) {
  const std::string context(what);
  try {
    throw;
  } catch (const Xapian::DatabaseLockError& error) {
    return absl::UnavailableError(
        absl::StrCat(context, ": the index is locked by another process (",
                     error.get_msg(), ")"));
  } catch (const Xapian::DatabaseModifiedError& error) {
    return absl::AbortedError(absl::StrCat(context, ": ", error.get_msg()));
  } catch (const Xapian::DatabaseNotFoundError& error) {
    return absl::DataLossError(absl::StrCat(
        context, ": a part of the index is missing (", error.get_msg(),
        "); build the corpus again with kbsearch-indexer build"));
  } catch (const Xapian::DatabaseCorruptError& error) {
    return absl::DataLossError(
        absl::StrCat(context, ": the index is damaged (", error.get_msg(),
                     "); build the corpus again with kbsearch-indexer build"));
  } catch (const Xapian::DatabaseVersionError& error) {
    return absl::FailedPreconditionError(
        absl::StrCat(context, ": the index was written by another version (",
                     error.get_msg(), "); build the corpus again"));
  } catch (const Xapian::DatabaseError& error) {
    const char* reason = error.get_error_string();
    return absl::DataLossError(absl::StrCat(context, ": ", error.get_msg(),
                                            reason ? ": " : "",
                                            reason ? reason : ""));
  } catch (const Xapian::Error& error) {
    return absl::InternalError(
        absl::StrCat(context, ": ", error.get_type(), ": ", error.get_msg()));
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        absl::StrCat(context, ": out of memory"));
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat(context, ": ", error.what()));
  }
}

}  // namespace kbsearch::engine
