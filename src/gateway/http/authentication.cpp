#include "gateway/http/authentication.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/text.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kBearer = "bearer ";

bool starts_with_bearer(std::string_view value) {
  return value.size() >= kBearer.size() &&
         std::equal(kBearer.begin(), kBearer.end(), value.begin(),
                    [](char want, char have) { return want == std::tolower(static_cast<unsigned char>(have)); });
}

}  // namespace

std::string_view credential_of(const Head& head) {
  const std::string_view authorization = head.header("authorization");
  if (starts_with_bearer(authorization)) return trim(authorization.substr(kBearer.size()));
  const std::string_view x_api_key = head.header("x-api-key");
  return x_api_key.empty() ? head.header("api-key") : x_api_key;
}

bool same_secret(std::string_view presented, std::string_view expected) {
  if (expected.empty()) return false;
  size_t difference = presented.size() ^ expected.size();
  for (size_t i = 0; i < presented.size(); ++i) {
    difference |= static_cast<unsigned char>(presented[i]) ^ static_cast<unsigned char>(expected[i % expected.size()]);
  }
  return difference == 0;
}

std::optional<Error> refuse(std::string_view credential, std::string_view api_key) {
  if (api_key.empty()) {
    return Error{.kind = ErrorKind::kNotConfigured,
                 .message =
                     "This gateway has no key yet, so it stays closed. Set the secret ONELLM_API_KEY: "
                     "`wrangler secret put ONELLM_API_KEY`, or a line in .dev.vars for `wrangler dev`."};
  }
  if (credential.empty()) {
    return Error{.kind = ErrorKind::kUnauthorized,
                 .message = "No API key was sent. Send the gateway's key as `Authorization: Bearer <key>`."};
  }
  return std::nullopt;
}

}  // namespace onellm::gateway
