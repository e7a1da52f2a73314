#include "server/authenticator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"

namespace kbsearch::server {
namespace {

using ::testing::HasSubstr;

class AuthenticatorTest : public ::testing::Test {
 protected:
  AuthenticatorTest()
      : path_(::testing::TempDir() + "/kbsearch-tokens-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
  }
  ~AuthenticatorTest() override { std::filesystem::remove(path_); }

  // Writes a file with one token of the role, and returns the token.
  std::string WriteToken(Role role) {
    const NewToken made = MakeToken("caller", role).value();
    EXPECT_TRUE(WriteFileAtomically(path_, made.yaml_entry).ok());
    return made.token;
  }

  const std::string path_;
};

TEST_F(AuthenticatorTest, WithoutAFileEverybodyIsAPortal) {
  const auto authenticator = Authenticator::Make("");
  ASSERT_TRUE(authenticator.ok());
  EXPECT_FALSE((*authenticator)->has_token_file());
  for (const std::vector<std::string>& values :
       {std::vector<std::string>{}, {"Bearer whatever"}}) {
    const auto caller = (*authenticator)->Authenticate(values);
    ASSERT_TRUE(caller.ok());
    EXPECT_EQ(caller->role, Role::kPortal);
    const absl::Status denied = (*authenticator)->CheckOperator(*caller);
    EXPECT_TRUE(absl::IsPermissionDenied(denied));
    EXPECT_THAT(std::string(denied.message()), HasSubstr("new-token"));
  }
  EXPECT_TRUE((*authenticator)->Reload().ok());
}

TEST_F(AuthenticatorTest, APublicHelpCentreLetsVisitorsIn) {
  const std::string token = WriteToken(Role::kAgent);
  const auto authenticator = Authenticator::Make(path_, true);
  ASSERT_TRUE(authenticator.ok()) << authenticator.status();
  EXPECT_EQ((*authenticator)->Authenticate({})->role, Role::kPortal);
  EXPECT_EQ((*authenticator)->Authenticate({"Bearer " + token})->role,
            Role::kAgent);
  // A token that has expired is not taken for none.
  EXPECT_TRUE(absl::IsUnauthenticated(
      (*authenticator)->Authenticate({"Bearer old"}).status()));
}

TEST_F(AuthenticatorTest, ReadsTheBearerToken) {
  const std::string token = WriteToken(Role::kAgent);
  const auto authenticator = Authenticator::Make(path_);
  ASSERT_TRUE(authenticator.ok()) << authenticator.status();
  const struct {
    std::vector<std::string> values;
    bool accepted;
  } kCases[] = {
      {{"Bearer " + token}, true},
      {{"bearer " + token}, true},
      {{"BEARER " + token}, true},
      {{}, false},
      {{""}, false},
      {{token}, false},
      {{"Basic " + token}, false},
      {{"Bearer"}, false},
      {{"Bearer "}, false},
      {{"Bearer  " + token}, false},
      {{"Bearer " + token + "x"}, false},
      {{"Bearer " + token, "Bearer " + token}, false},
  };
  for (const auto& c : kCases) {
    const auto caller = (*authenticator)->Authenticate(c.values);
    EXPECT_EQ(caller.ok(), c.accepted);
    if (!c.accepted) {
      EXPECT_TRUE(absl::IsUnauthenticated(caller.status()));
    }
  }
}

TEST_F(AuthenticatorTest, OnlyOperatorsAreOperators) {
  for (Role role : {Role::kPortal, Role::kAgent, Role::kOperator}) {
    const std::string token = WriteToken(role);
    const auto authenticator = Authenticator::Make(path_);
    ASSERT_TRUE(authenticator.ok());
    const auto caller = (*authenticator)->Authenticate({"Bearer " + token});
    ASSERT_TRUE(caller.ok());
    EXPECT_EQ((*authenticator)->CheckOperator(*caller).ok(),
              role == Role::kOperator);
  }
}

TEST_F(AuthenticatorTest, AMalformedFileKeepsTheOldTokens) {
  const std::string old_token = "Bearer " + WriteToken(Role::kPortal);
  const auto authenticator = Authenticator::Make(path_);
  ASSERT_TRUE(authenticator.ok());
  ASSERT_TRUE(WriteFileAtomically(path_, "nonsense").ok());
  EXPECT_FALSE((*authenticator)->Reload().ok());
  EXPECT_TRUE((*authenticator)->Authenticate({old_token}).ok());

  const std::string new_token = "Bearer " + WriteToken(Role::kAgent);
  EXPECT_TRUE((*authenticator)->Reload().ok());
  EXPECT_FALSE((*authenticator)->Authenticate({old_token}).ok());
  EXPECT_TRUE((*authenticator)->Authenticate({new_token}).ok());
}

}  // namespace
}  // namespace kbsearch::server
