#include "indexer/sources/encoding.h"

#include <uchardet/uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kDetectionBytes = 1 << 16;

// What support sites of our languages were written in before UTF-8.
constexpr std::array<const char*, 5> kLegacyEncodings = {
    "windows-1252", "windows-1253", "windows-1251", "ISO-8859-7", "KOI8-R"};

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

// Null when ICU does not know the name. A strict one stops at what the
// encoding does not define.
Converter OpenConverter(const std::string& encoding, bool strict) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding.c_str(), &error));
  if (U_FAILURE(error)) return nullptr;
  if (strict) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                        nullptr, nullptr, &error);
  }
  return converter;
}

bool ConvertStrictly(std::string_view bytes, const std::string& encoding,
                     std::u16string* text) {
  const Converter converter = OpenConverter(encoding, true);
  if (converter == nullptr) return false;
  text->resize(2 * bytes.size() + 2);
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = ucnv_toUChars(
      converter.get(), text->data(), static_cast<int32_t>(text->size()),
      bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return false;
  text->resize(static_cast<size_t>(length));
  return true;
}

std::string ToUtf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  const int32_t length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U16_NEXT(text.data(), i, length, c);
    if (U_IS_SURROGATE(c)) c = 0xFFFD;
    if (c == 0xFEFF) continue;
    char buffer[U8_MAX_LENGTH];
    int32_t used = 0;
    U8_APPEND_UNSAFE(buffer, used, c);
    out.append(buffer, static_cast<size_t>(used));
  }
  return out;
}

// How a character behaves in writing, as far as wrong decoding disturbs it.
enum class Shape : uint8_t { kOther, kUpper, kLower, kSymbol, kControl };

Shape ShapeOf(UChar32 c) {
  if (c == '\n' || c == '\r' || c == '\t' || c == '\f') return Shape::kOther;
  if (u_isupper(c)) return Shape::kUpper;
  if (u_isalpha(c)) return Shape::kLower;
  if (u_iscntrl(c) || c == 0xFFFD) return Shape::kControl;
  return c < 0x80 || u_ispunct(c) || u_isspace(c) ? Shape::kOther
                                                  : Shape::kSymbol;
}

// Faults that the wrong encoding brings into a text: Greek read as Russian has
// capitals inside words, Russian read as Greek a final sigma before letters,
// French read as either mixes scripts inside words.
size_t CountImplausible(std::u16string_view text) {
  size_t faults = 0;
  UChar32 previous = ' ';
  Shape previous_shape = Shape::kOther;
  const int32_t length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U16_NEXT(text.data(), i, length, c);
    const Shape shape = ShapeOf(c);
    const bool letter = shape == Shape::kUpper || shape == Shape::kLower;
    const bool after_letter =
        previous_shape == Shape::kUpper || previous_shape == Shape::kLower;
    if (shape == Shape::kControl) faults += 4;
    if ((letter && previous_shape == Shape::kSymbol) ||
        (after_letter && shape == Shape::kSymbol)) {
      ++faults;
    }
    if (letter && after_letter) {
      if (shape == Shape::kUpper && previous_shape == Shape::kLower &&
          c >= 0x80) {
        ++faults;
      }
      if (previous == 0x03C2) ++faults;  // final sigma
      UErrorCode error = U_ZERO_ERROR;
      if ((c >= 0x80 || previous >= 0x80) &&
          uscript_getScript(c, &error) != uscript_getScript(previous, &error)) {
        ++faults;
      }
    }
    previous = c;
    previous_shape = shape;
  }
  return faults;
}

// The name as we write it. What calls itself Latin-1 or ASCII is read as
// windows-1252, as browsers do: it is the same and has quotes and dashes.
std::string CanonicalName(std::string_view name) {
  const absl::string_view view(name.data(), name.size());
  for (const char* known : kLegacyEncodings) {
    if (absl::EqualsIgnoreCase(view, known)) return known;
  }
  for (const char* latin : {"iso-8859-1", "latin1", "ascii", "us-ascii"}) {
    if (absl::EqualsIgnoreCase(view, latin)) return kLegacyEncodings[0];
  }
  return std::string(name);
}

std::string AskUchardet(std::string_view bytes) {
  uchardet_t detector = uchardet_new();
  uchardet_handle_data(detector, bytes.data(), bytes.size());
  uchardet_data_end(detector);
  std::string name = uchardet_get_charset(detector);
  uchardet_delete(detector);
  return name;
}

// The beginning, ended at a line's end so that no character is cut.
std::string_view Sample(std::string_view bytes) {
  if (bytes.size() <= kDetectionBytes) return bytes;
  const size_t newline = bytes.rfind('\n', kDetectionBytes);
  return bytes.substr(
      0, newline == std::string_view::npos ? kDetectionBytes : newline);
}

std::string ChooseEncoding(std::string_view bytes, std::string_view declared) {
  const std::string_view sample = Sample(bytes);
  std::vector<std::string> candidates;
  if (!declared.empty()) candidates.push_back(CanonicalName(declared));
  candidates.push_back(CanonicalName(AskUchardet(sample)));
  candidates.insert(candidates.end(), kLegacyEncodings.begin(),
                    kLegacyEncodings.end());
  std::string best;
  size_t fewest = SIZE_MAX;
  std::u16string text;
  for (const std::string& candidate : candidates) {
    if (candidate.empty() || absl::EqualsIgnoreCase(candidate, "utf-8") ||
        !ConvertStrictly(sample, candidate, &text)) {
      continue;
    }
    const size_t faults = CountImplausible(text);
    if (faults < fewest) {
      fewest = faults;
      best = candidate;
    }
  }
  // A fault in every tenth byte: not text.
  return fewest > sample.size() / 10 ? "" : best;
}

// Share of bytes at positions of one parity that are high bytes of UTF-16
// text in our languages.
double HighByteShare(std::string_view bytes, size_t parity) {
  size_t high = 0;
  size_t all = 0;
  for (size_t i = parity; i < bytes.size(); i += 2, ++all) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == 0 || c == 3 || c == 4 || c == 0x20) ++high;
  }
  return all == 0 ? 0 : static_cast<double>(high) / static_cast<double>(all);
}

class DecodingStream : public ByteStream {
 public:
  DecodingStream(std::unique_ptr<ByteStream> source, Converter from,
                 Converter to)
      : source_(std::move(source)), from_(std::move(from)), to_(std::move(to)) {
    input_.resize(1 << 16);
  }

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (size == 0 || finished_) return size_t{0};
    char* out = buffer;
    while (out == buffer && !finished_) {
      if (in_ == in_end_ && !at_end_) {
        absl::StatusOr<size_t> got =
            source_->Read(input_.data(), input_.size());
        if (!got.ok()) return got.status();
        in_ = input_.data();
        in_end_ = in_ + *got;
        at_end_ = *got == 0;
      }
      UErrorCode error = U_ZERO_ERROR;
      ucnv_convertEx(to_.get(), from_.get(), &out, buffer + size, &in_, in_end_,
                     pivot_, &pivot_source_, &pivot_target_, pivot_ + kPivot,
                     reset_, at_end_, &error);
      reset_ = false;
      if (error == U_BUFFER_OVERFLOW_ERROR) break;
      if (U_FAILURE(error)) {
        return absl::InvalidArgumentError(
            absl::StrCat("decoding failed: ", u_errorName(error)));
      }
      if (at_end_) finished_ = true;
    }
    return static_cast<size_t>(out - buffer);
  }

 private:
  static constexpr size_t kPivot = 4096;

  std::unique_ptr<ByteStream> source_;
  Converter from_;
  Converter to_;
  std::string input_;
  const char* in_ = nullptr;
  const char* in_end_ = nullptr;
  bool at_end_ = false;
  bool finished_ = false;
  bool reset_ = true;
  UChar pivot_[kPivot];
  UChar* pivot_source_ = pivot_;
  UChar* pivot_target_ = pivot_;
};

}  // namespace

std::string DetectWideEncoding(std::string_view beginning) {
  using std::string_view_literals::operator""sv;
  if (beginning.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32LE";
  if (beginning.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32BE";
  if (beginning.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (beginning.starts_with("\xFE\xFF")) return "UTF-16BE";
  const std::string_view sample = beginning.substr(0, 4096);
  if (sample.size() < 8 || sample.find('\0') == std::string_view::npos) {
    return "";
  }
  const double even = HighByteShare(sample, 0);
  const double odd = HighByteShare(sample, 1);
  if (odd > 0.95 && even < 0.5) return "UTF-16LE";
  if (even > 0.95 && odd < 0.5) return "UTF-16BE";
  return "";
}

absl::StatusOr<DecodedText> DecodeToUtf8(std::string bytes,
                                         std::string_view declared) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  std::string encoding = DetectWideEncoding(bytes);
  if (encoding.empty() && bytes.find('\0') != std::string::npos) {
    return absl::InvalidArgumentError("binary data");
  }
  if (encoding.empty() && IsValidUtf8(bytes)) {
    if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
    return DecodedText{std::move(bytes), "UTF-8", false};
  }
  if (encoding.empty()) encoding = ChooseEncoding(bytes, declared);
  std::u16string text;
  if (encoding.empty()) {
    return absl::InvalidArgumentError("binary data or unknown encoding");
  }
  // The sample may have been clean and the rest not: damaged letters are then
  // better than no article.
  if (!ConvertStrictly(bytes, encoding, &text)) {
    auto stream = NewDecodingStream(
        std::make_unique<StringStream>(std::move(bytes)), encoding);
    if (!stream.ok()) return stream.status();
    absl::StatusOr<std::string> lenient = ReadAll(**stream, SIZE_MAX);
    if (!lenient.ok()) return lenient.status();
    if (lenient->starts_with(kUtf8Mark)) lenient->erase(0, kUtf8Mark.size());
    return DecodedText{*std::move(lenient), encoding, true};
  }
  return DecodedText{ToUtf8(text), encoding, true};
}

absl::StatusOr<std::unique_ptr<ByteStream>> NewDecodingStream(
    std::unique_ptr<ByteStream> source, const std::string& encoding) {
  Converter from = OpenConverter(encoding, false);
  Converter to = OpenConverter("UTF-8", false);
  if (from == nullptr || to == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown encoding ", encoding));
  }
  return std::make_unique<DecodingStream>(std::move(source), std::move(from),
                                          std::move(to));
}

}  // namespace kbsearch::indexer
