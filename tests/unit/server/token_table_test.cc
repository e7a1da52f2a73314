#include "server/token_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kbsearch::server {
namespace {

using ::testing::HasSubstr;

// SHA-256 of "secret" and of "other".
constexpr char kSecretHash[] =
    "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
constexpr char kOtherHash[] =
    "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

std::string Entry(const std::string& name, const std::string& role,
                  const std::string& hash) {
  return "- name: " + name + "\n  role: " + role + "\n  sha256: " + hash + "\n";
}

TEST(TokenTableTest, FindsTheOwner) {
  const auto table = TokenTable::Parse(
      "# who may call\n" + Entry("website", "portal", kSecretHash) +
          Entry("desk.1", "operator", kOtherHash),
      "tokens.yaml");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->size(), 2u);
  const auto website = table->Find("secret");
  ASSERT_TRUE(website);
  EXPECT_EQ(website->name, "website");
  EXPECT_EQ(website->role, Role::kPortal);
  const auto desk = table->Find("other");
  ASSERT_TRUE(desk);
  EXPECT_EQ(desk->role, Role::kOperator);
  for (const char* wrong : {"", "Secret", "secret ", kSecretHash}) {
    EXPECT_FALSE(table->Find(wrong)) << wrong;
  }
}

TEST(TokenTableTest, TakesHashesInCapitals) {
  std::string capitals = kSecretHash;
  for (char& c : capitals) c = static_cast<char>(std::toupper(c));
  const auto table =
      TokenTable::Parse(Entry("a", "agent", capitals), "tokens.yaml");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_TRUE(table->Find("secret"));
}

TEST(TokenTableTest, MalformedFilesAreRefusedWithPlaceAndRemedy) {
  const std::string good = Entry("a", "agent", kSecretHash);
  const struct {
    const char* what;
    std::string content;
    const char* line;
  } kCases[] = {
      {"empty", "", "tokens.yaml:1:"},
      {"a map", "name: a\n", "tokens.yaml:1:"},
      {"not YAML", good + "- name: [\n", "tokens.yaml:"},
      {"a word", good + "- word\n", "tokens.yaml:4:"},
      {"no name", good + "- role: agent\n", "tokens.yaml:4:"},
      {"bad name", Entry("a b", "agent", kSecretHash), "tokens.yaml:1:"},
      {"no role", good + "- name: b\n", "tokens.yaml:4:"},
      {"bad role", Entry("a", "admin", kSecretHash), "tokens.yaml:1:"},
      {"short hash", Entry("a", "agent", "abcd"), "tokens.yaml:1:"},
      {"no hash digits", Entry("a", "agent", std::string(64, 'x')),
       "tokens.yaml:1:"},
      {"the token itself", "- {name: a, role: agent, token: secret}\n",
       "tokens.yaml:1:"},
      {"name twice", good + Entry("a", "portal", kOtherHash), "tokens.yaml:4:"},
      {"hash twice", good + Entry("b", "portal", kSecretHash),
       "tokens.yaml:4:"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    const auto table = TokenTable::Parse(c.content, "tokens.yaml");
    ASSERT_FALSE(table.ok());
    const std::string message(table.status().message());
    EXPECT_THAT(message, HasSubstr(c.line));
    EXPECT_THAT(message, HasSubstr("kbsearch-server new-token"));
  }
}

TEST(TokenTableTest, MissingFileIsNamed) {
  const auto table = TokenTable::Load("/nonexistent/tokens.yaml");
  ASSERT_FALSE(table.ok());
  EXPECT_THAT(std::string(table.status().message()),
              HasSubstr("/nonexistent/tokens.yaml"));
}

TEST(TokenTableTest, NewTokenIsFoundThroughItsEntry) {
  std::set<std::string> tokens;
  for (Role role : {Role::kPortal, Role::kAgent, Role::kOperator}) {
    const auto made = MakeToken("desk", role);
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_GE(made->token.size(), 43u);  // 256 bits
    EXPECT_TRUE(tokens.insert(made->token).second);
    EXPECT_EQ(made->yaml_entry.find(made->token), std::string::npos);
    const auto table = TokenTable::Parse(made->yaml_entry, "tokens.yaml");
    ASSERT_TRUE(table.ok()) << table.status();
    const auto caller = table->Find(made->token);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->role, role);
  }
  EXPECT_FALSE(MakeToken("", Role::kAgent).ok());
  EXPECT_FALSE(MakeToken("a\n- b", Role::kAgent).ok());
}

TEST(TokenTableTest, RolesDecideTheAudience) {
  EXPECT_EQ(AudienceOf(Role::kPortal), engine::Audience::kPublic);
  EXPECT_EQ(AudienceOf(Role::kAgent), engine::Audience::kAgent);
  EXPECT_EQ(AudienceOf(Role::kOperator), engine::Audience::kAgent);
  for (Role role : {Role::kPortal, Role::kAgent, Role::kOperator}) {
    EXPECT_EQ(ParseRole(RoleName(role)), role);
  }
  EXPECT_FALSE(ParseRole("Operator"));
}

}  // namespace
}  // namespace kbsearch::server
