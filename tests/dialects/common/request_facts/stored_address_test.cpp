// Addresses of what is stored in an account, as lenient readers take them.
#include <gtest/gtest.h>

#include "dialects/request_facts.h"
#include "json/raw.h"

namespace onellm::dialects {
namespace {

bool is_stored(const std::string& address) {
  const std::string body = R"({"messages":[{"content":[{"image_url":{"url":")" + json::escape(address) + R"("}}]}]})";
  return find_account_state(json::Buffer(body), false).has_value();
}

TEST(StoredAddress, IsThatOfAFileUnderAProvidersApi) {
  for (const char* address :
       {"gs://bucket/file", "GS://bucket/file", "https://generativelanguage.googleapis.com/v1beta/files/1",
        "HTTPS://u@GenerativeLanguage.googleapis.com:443/v1beta/files/1",
        "https://generativelanguage.googleapis.com./v1beta/files/1", "https://api.openai.com/v1/files/file-1/content",
        "https://api.anthropic.com/v1/files/1", "https://api.openai.com/v1/%66iles/1"}) {
    EXPECT_TRUE(is_stored(address)) << address;
  }
}

TEST(StoredAddress, IsRecognisedInEverySpelling) {
  for (const char* address :
       {"https:/generativelanguage.googleapis.com/v1beta/files/1",
        "https:\\\\generativelanguage.googleapis.com\\v1beta\\files\\1",
        "https://generative\tlanguage.googleapis.com/v1beta/files/1", "ht\ntps://api.openai.com/v1/files/1",
        "https://generativelanguage%2egoogleapis.com/v1beta/files/1",
        "https://generativelanguage\u3002googleapis.com/v1beta/files/1", "  gs://bucket/file"}) {
    EXPECT_TRUE(is_stored(address)) << address;
  }
}

TEST(StoredAddress, IsNoOtherPage) {
  for (const char* address :
       {"https://example.com/files/1", "https://api.openai.com/logo.png", "https://api.openai.com.example.com/files/1",
        "https://example.com/https://api.openai.com/v1/files/1", "data:image/png;base64,AAAA", "file.txt", "",
        "http://[2001:db8::1]:8080/files/1", "https://example.com:8080/a%20b.png"}) {
    EXPECT_FALSE(is_stored(address)) << address;
  }
}

}  // namespace
}  // namespace onellm::dialects
