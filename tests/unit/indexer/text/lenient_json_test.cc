#include "indexer/text/lenient_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kbsearch::indexer {
namespace {

TEST(LenientJsonTest, RepairsWhatEditorsLeave) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({“a”: “β”})", R"({"a":"β"})"},
      {R"({« a » : « β », «c»: [«d»]})", R"({"a":"β","c":["d"]})"},
      {R"({„a“: „β“})", R"({"a":"β"})"},
      {R"({&quot;a&quot;:&quot;β&quot;})", R"({"a":"β"})"},
      {R"({"a": "say "yes" now", "b": 1})", R"({"a":"say \"yes\" now","b":1})"},
      {R"({“a”: “λέει «ναι», μετά”, “b”: “c”})",
       R"({"a":"λέει «ναι», μετά","b":"c"})"},
      {R"({"a": 1,})", R"({"a":1})"},
      {R"([1, 2, ])", R"([1,2])"},
      {R"({"a": 1 "b": 2})", R"({"a":1,"b":2})"},
      {"{\"a\": \"two\nlines\"}", R"({"a":"two\nlines"})"},
      {"<![CDATA[ {“a”: true} ]]>", R"({"a":true})"},
      {R"({“a”: null};)", R"({"a":null})"},
      {R"({“a”: [“b”)", R"({"a":["b"]})"},
      {R"({“a”: “\u00e9\q”})", R"({"a":"é\\q"})"},
      {R"({a: “b”})", R"({"a":"b"})"},
  };
  for (const auto& [text, expected] : cases) {
    bool repaired = false;
    const nlohmann::json tree = ParseLenientJson(text, &repaired);
    ASSERT_FALSE(tree.is_discarded()) << text << " → " << RepairJson(text);
    EXPECT_EQ(tree, nlohmann::json::parse(expected)) << text;
    EXPECT_TRUE(repaired) << text;
  }
}

TEST(LenientJsonTest, LeavesJsonAlone) {
  bool repaired = true;
  const auto tree = ParseLenientJson(R"({"a":["«b»", "“c”"]})", &repaired);
  EXPECT_FALSE(repaired);
  EXPECT_EQ(tree["a"][1], "“c”");
}

TEST(LenientJsonTest, GivesUpOnWhatIsNoJson) {
  for (const char* text : {"", "Ρυθμίσεις", "}", "<p>x</p>"}) {
    bool repaired = false;
    EXPECT_TRUE(ParseLenientJson(text, &repaired).is_discarded()) << text;
  }
}

TEST(LenientJsonTest, TakesTimeInProportionToTheText) {
  // Marks that may end a string, or not, by the hundred thousand.
  std::string text = "{“a”: “";
  for (int i = 0; i < 100'000; ++i) text += "“, ";
  bool repaired = false;
  ParseLenientJson(text, &repaired);
  ParseLenientJson(std::string(200'000, '['), &repaired);
  SUCCEED();
}

}  // namespace
}  // namespace kbsearch::indexer
