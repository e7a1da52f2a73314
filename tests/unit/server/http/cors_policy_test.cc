#include "server/http/cors_policy.h"

#include <gtest/gtest.h>

namespace kbsearch::server {
namespace {

bool Allowed(const CorsPolicy& policy, const std::string& origin) {
  HttpRequest request;
  request.method = "POST";
  request.headers["origin"] = origin;
  HttpResponse response;
  policy.AddHeaders(request, &response);
  for (const auto& [name, value] : response.headers) {
    if (name == "Access-Control-Allow-Origin") return value == origin;
  }
  return false;
}

TEST(CorsPolicyTest, Origins) {
  const CorsPolicy two =
      CorsPolicy::Parse("https://a.example, http://b.example:8080").value();
  EXPECT_TRUE(Allowed(two, "https://a.example"));
  EXPECT_TRUE(Allowed(two, "http://b.example:8080"));
  EXPECT_FALSE(Allowed(two, "http://a.example"));
  EXPECT_FALSE(Allowed(two, "https://a.example.evil.example"));
  EXPECT_FALSE(Allowed(two, "null"));
  EXPECT_TRUE(Allowed(CorsPolicy::Parse("*").value(), "https://any.example"));
  EXPECT_FALSE(Allowed(CorsPolicy(), "https://a.example"));
}

TEST(CorsPolicyTest, WhatIsNoOriginIsNamed) {
  for (const char* text : {"a.example", "https://a.example/path", "https://",
                           "https://*.example", "ftp://a.example"}) {
    const auto policy = CorsPolicy::Parse(text);
    EXPECT_EQ(policy.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(policy.status().message().find(text), absl::string_view::npos);
  }
}

}  // namespace
}  // namespace kbsearch::server
