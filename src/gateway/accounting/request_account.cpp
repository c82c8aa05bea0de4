#include "gateway/accounting/request_account.h"

#include <algorithm>

#include "base/text.h"
#include "gateway/accounting/sessions/client_session.h"

namespace onellm::gateway {

namespace {

constexpr size_t kCountryBytes = 2;
constexpr size_t kColoBytes = 3;

// Checks the form, because any client can send these headers if Cloudflare is not in front of the gateway.
bool is_code(std::string_view text, size_t bytes) {
  const auto is_plain = [](char c) { return is_upper(c) || is_digit(c); };
  return text.size() == bytes && std::all_of(text.begin(), text.end(), is_plain);
}

}  // namespace

// Cloudflare's data centre is the part of the ray after its last '-'.
// https://developers.cloudflare.com/fundamentals/reference/http-headers/
void note_client(const Head& request, RequestAccount& account) {
  const std::string_view country = request.header("cf-ipcountry");
  if (is_code(country, kCountryBytes)) account.country = country;
  const std::string_view ray = request.header("cf-ray");
  const std::string_view colo = ray.substr(ray.rfind('-') + 1);
  if (is_code(colo, kColoBytes)) account.colo = colo;
  account.session = session_id_of(request);
  account.user_agent = request.header("user-agent");
}

}  // namespace onellm::gateway
