#include "dialects/palm/errors.h"

#include "dialects/gemini/errors.h"

namespace onellm::dialects::palm {

Error decode_error(int status, std::string_view body, std::string_view model) {
  Error error = gemini::decode_error(status, body);
  if (status_of(error) != 404) return error;
  error.code = "model_not_found";
  if (!error.message.ends_with('.')) error.message += '.';
  error.message
      .append(" Google has shut PaLM down; the setting ONELLM_ALIASES can point the name at a Gemini model: {\"")
      .append(model)
      .append("\":\"google/gemini-flash-latest\"}.");
  return error;
}

}  // namespace onellm::dialects::palm
