#include "server/http/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace kbsearch::server {
namespace {

constexpr int kGzipWindowBits = 15 + 16;  // zlib's way to say gzip
constexpr int kMemoryLevel = 8;           // zlib's default
constexpr size_t kStep = 64 << 10;

z_stream InputOf(std::string_view bytes) {
  z_stream stream = {};
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // only read
  stream.avail_in = static_cast<uInt>(bytes.size());
  return stream;
}

}  // namespace

std::string Gzip(std::string_view bytes, int level) {
  z_stream stream = InputOf(bytes);
  deflateInit2(&stream, level, Z_DEFLATED, kGzipWindowBits, kMemoryLevel,
               Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, stream.avail_in), '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t max_bytes) {
  z_stream stream = InputOf(bytes);
  inflateInit2(&stream, kGzipWindowBits);
  std::string out;
  int result = Z_OK;
  while (result == Z_OK && out.size() <= max_bytes) {
    const size_t before = out.size();
    // One byte more than allowed tells a text that is too long.
    out.resize(std::min(before + kStep, max_bytes + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (out.size() > max_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the body is above ", max_bytes, " bytes when uncompressed"));
  }
  if (result != Z_STREAM_END) {
    return absl::InvalidArgumentError("the body is not gzip, or is cut off");
  }
  return out;
}

}  // namespace kbsearch::server
