// Encodes a request for PaLM: `generateText` for models whose name begins with text-, else `generateMessage`.
// https://developers.generativeai.google/api/rest/generativelanguage/models/generateMessage (retired)
// https://developers.generativeai.google/api/rest/generativelanguage/models/generateText (retired)
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::palm {

// Tools, formats of the reply, images and more than 8 choices are refused; the error names the field. Parameters that
// PaLM does not have are dropped and reported.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::palm
