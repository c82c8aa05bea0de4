#include "dialects/common/errors/words.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/text.h"

namespace onellm::dialects {

namespace {

using Meaning = ErrorMeaning;

constexpr size_t kMessageBytesRead = 1024;
constexpr std::string_view kContextPhrase = "maximum context length";

// A code, a type or a google.rpc reason, compared exactly.
struct Word {
  std::string_view text;
  Meaning meaning;
  bool stays = false;  // Keep it as the code: clients and gateway/upstream/retry_policy.cpp know it.
};

// A message in lower case. `*` matches anything, `?` matches one byte.
struct Text {
  std::string_view pattern;
  Meaning meaning;
  int status = 0;  // The row counts only with this status; 0: with any.
};

constexpr Word kWords[] = {
    // https://platform.openai.com/docs/guides/error-codes
    {"invalid_api_key", Meaning::kWrongKey, true},
    {"insufficient_quota", Meaning::kNoMoney, true},
    {"billing_hard_limit_reached", Meaning::kNoMoney, true},
    {"billing_not_active", Meaning::kNoMoney, true},
    {"model_not_found", Meaning::kModelMissing, true},
    {"context_length_exceeded", Meaning::kContextOverflow, true},
    // https://console.groq.com/docs/errors, https://console.groq.com/docs/deprecations
    {"model_decommissioned", Meaning::kModelMissing, true},
    // https://github.com/eslint/tsc-meetings/pull/593 (GitHub Models)
    {"tokens_limit_reached", Meaning::kAccountLimit},
    {"unknown_model", Meaning::kModelMissing},
    // https://github.com/ericc-ch/copilot-api/issues/65 (the API behind Copilot's clients)
    {"model_max_prompt_tokens_exceeded", Meaning::kContextOverflow},
    {"model_not_supported", Meaning::kModelMissing},
    // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/troubleshooting
    {"DeploymentNotFound", Meaning::kModelMissing},
    // https://docs.claude.com/en/api/errors
    {"billing_error", Meaning::kNoMoney},
    // https://cloud.google.com/apis/design/errors#error_info
    {"BILLING_DISABLED", Meaning::kNoMoney},
    // https://www.alibabacloud.com/help/en/model-studio/error-code
    {"Arrearage", Meaning::kNoMoney},
    {"AllocationQuota.FreeTierOnly", Meaning::kNoMoney},
    {"ModelNotFound", Meaning::kModelMissing},
    // https://platform.moonshot.ai/docs/api/errors
    {"exceeded_current_quota_error", Meaning::kNoMoney},
    {"resource_not_found_error", Meaning::kModelMissing},
    // https://docs.mistral.ai/api, https://github.com/hex/llm-perplexity/issues/19 (Perplexity)
    {"invalid_model", Meaning::kModelMissing},
    // https://docs.together.ai/docs/error-codes
    {"credit_limit_exceeded", Meaning::kNoMoney},
    {"model_not_available", Meaning::kModelMissing},
    // https://novita.ai/docs/api-reference/basic-error-code
    {"NOT_ENOUGH_BALANCE", Meaning::kNoMoney},
    {"MODEL_NOT_FOUND", Meaning::kModelMissing},
    // https://vercel.com/docs/ai-gateway
    {"insufficient_funds", Meaning::kNoMoney},
    // https://github.com/ZenMux/zenmux-doc/pull/191
    {"insufficient_credit", Meaning::kNoMoney},
    {"reject_no_credit", Meaning::kNoMoney},
    // From prepaid gateways (new-api and its forks): the account at the gateway is empty.
    // https://github.com/QuantumNous/new-api
    {"insufficient_user_quota", Meaning::kNoMoney},
    {"pre_consume_token_quota_failed", Meaning::kNoMoney},
    // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
    {"exceed_context_size_error", Meaning::kContextOverflow},
};

constexpr Text kTexts[] = {
    // https://docs.x.ai/docs/key-information/debugging
    {"incorrect api key*", Meaning::kWrongKey},

    // --- no money ---
    // https://docs.claude.com/en/api/errors
    {"your credit balance is too low*", Meaning::kNoMoney},
    {"you have reached your specified api usage limits*", Meaning::kNoMoney},
    // https://ai.google.dev/gemini-api/docs/billing. (Not its "You exceeded your current quota": that passes.)
    {"your prepayment credits are depleted*", Meaning::kNoMoney},
    {"your project has exceeded its monthly spending cap*", Meaning::kNoMoney},
    // https://api-docs.deepseek.com/quick_start/error_codes, and in other letters MiniMax, SiliconFlow and Z.ai
    {"insufficient balance*", Meaning::kNoMoney},
    {"insufficient account balance*", Meaning::kNoMoney},
    {"sorry, your account balance is insufficient*", Meaning::kNoMoney},
    // https://platform.moonshot.ai/docs/api/errors
    {"your account * is suspended*insufficient balance*", Meaning::kNoMoney},
    {"your account is suspended*", Meaning::kNoMoney},
    {"account suspended*", Meaning::kNoMoney},
    // https://openrouter.ai/docs/api-reference/errors
    {"insufficient credits*", Meaning::kNoMoney},
    {"this request requires more credits*", Meaning::kNoMoney},
    {"key limit exceeded*", Meaning::kNoMoney},
    // https://docs.x.ai/docs/key-information/debugging
    {"your team * has either used all available credits*", Meaning::kNoMoney},
    {"your newly created team doesn't have any credits*", Meaning::kNoMoney},
    // https://docs.z.ai/api-reference/api-code, https://docs.bigmodel.cn/cn/api/api-code (1113)
    {"余额不足*", Meaning::kNoMoney},
    {"您的账户已欠费*", Meaning::kNoMoney},
    {"your account is in arrears*", Meaning::kNoMoney},
    // https://www.alibabacloud.com/help/en/model-studio/error-code
    {"access denied, please make sure your account is in good standing*", Meaning::kNoMoney},
    {"the free tier of the model has been exhausted*", Meaning::kNoMoney},
    // https://docs.together.ai/docs/error-codes
    {"credit limit exceeded*", Meaning::kNoMoney},
    // https://huggingface.co/docs/inference-providers/pricing
    {"you have exceeded your monthly included credits*", Meaning::kNoMoney},
    {"you have depleted your monthly included credits*", Meaning::kNoMoney},
    // https://developers.cloudflare.com/workers-ai/platform/errors/ (3036, 4006)
    {"you have used up your daily free allocation*", Meaning::kNoMoney},
    {"????: you have used up your daily free allocation*", Meaning::kNoMoney},
    {"aierror: *you have used up your daily free allocation*", Meaning::kNoMoney},
    // https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
    {"*invalid_payment_instrument*", Meaning::kNoMoney},

    // --- no such model ---
    // https://platform.openai.com/docs/guides/error-codes, and with it most hosts: vLLM, Groq, x.ai, Cerebras
    {"the model * does not exist*", Meaning::kModelMissing},
    {"the model * not found*", Meaning::kModelMissing},
    {"the model * has been decommissioned*", Meaning::kModelMissing},
    {"the model * has been deprecated*", Meaning::kModelMissing},
    {"the requested model * does not exist*", Meaning::kModelMissing},
    {"model * does not exist*", Meaning::kModelMissing},
    {"model * not found*", Meaning::kModelMissing},
    {"model does not exist*", Meaning::kModelMissing},
    {"model not found*", Meaning::kModelMissing},
    {"no such model*", Meaning::kModelMissing},
    {"unknown model*", Meaning::kModelMissing},
    {"the api deployment for this resource does not exist*", Meaning::kModelMissing},
    // https://openrouter.ai/docs/api-reference/errors
    {"* is not a valid model id", Meaning::kModelMissing},
    {"no endpoints found for *", Meaning::kModelMissing},
    // https://github.com/ConardLi/easy-dataset/issues/9 (DeepSeek)
    {"model not exist*", Meaning::kModelMissing},
    // https://github.com/tmc/langchaingo/issues/1233 (Mistral), https://github.com/hex/llm-perplexity/issues/19
    {"invalid model: *", Meaning::kModelMissing},
    {"invalid model '*'*", Meaning::kModelMissing},
    // https://developers.cloudflare.com/workers-ai/platform/errors/ (5007, 3042)
    {"????: no such model *", Meaning::kModelMissing},
    {"aierror: *no such model *", Meaning::kModelMissing},
    {"the model name is invalid*", Meaning::kModelMissing},
    // https://docs.bigmodel.cn/cn/api/api-code (1211)
    {"模型不存在*", Meaning::kModelMissing},
    // https://platform.moonshot.ai/docs/api/errors
    {"not found the model *", Meaning::kModelMissing},
    // https://www.minimax.io/platform/document/ChatCompletion_v2
    {"invalid params, unknown model*", Meaning::kModelMissing},
    // https://huggingface.co/docs/inference-providers
    {"the requested model * is not supported by any provider*", Meaning::kModelMissing},
    // https://docs.together.ai/docs/error-codes
    {"unable to access model *", Meaning::kModelMissing},
    // https://docs.litellm.ai/docs/exception_mapping
    {"*invalid model name passed in model=*", Meaning::kModelMissing},
    // https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
    {"the provided model identifier is invalid*", Meaning::kModelMissing},
    {"invocation of model id * with on-demand throughput isn*", Meaning::kModelMissing},
    // https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors
    {"publisher model * was not found*", Meaning::kModelMissing},

    // With a 404 it is enough that the message names a model.
    {"*model*not found*", Meaning::kModelMissing, 404},
    {"*not found*model*", Meaning::kModelMissing, 404},
    {"*model*not exist*", Meaning::kModelMissing, 404},
    {"*not exist*model*", Meaning::kModelMissing, 404},
    {"*no such*model*", Meaning::kModelMissing, 404},
    {"*unknown model*", Meaning::kModelMissing, 404},
    {"*deployment*not found*", Meaning::kModelMissing, 404},
    {"*deployment*not exist*", Meaning::kModelMissing, 404},

    // --- one request beyond what the account may send ---
    // https://console.groq.com/docs/rate-limits
    {"request too large for model * tokens per *", Meaning::kAccountLimit},

    // --- too long a conversation ---
    // https://platform.openai.com/docs/guides/error-codes, and with it most hosts: vLLM, OpenRouter, DeepSeek
    {"*maximum context length*", Meaning::kContextOverflow},
    {"*exceeds the context window*", Meaning::kContextOverflow},
    {"*reduce the length of the messages*", Meaning::kContextOverflow},
    // https://docs.claude.com/en/docs/build-with-claude/context-windows
    {"*prompt is too long*", Meaning::kContextOverflow},
    {"*exceed context limit*", Meaning::kContextOverflow},
    {"*exceeds context limit*", Meaning::kContextOverflow},
    // https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors
    {"*input token count*exceeds*", Meaning::kContextOverflow},
    {"*input token count is * but model only supports up to *", Meaning::kContextOverflow},
    // https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
    {"*input is too long for requested model*", Meaning::kContextOverflow},
    {"*too many input tokens*", Meaning::kContextOverflow},
    // https://docs.mistral.ai/api
    {"*too large for model with *", Meaning::kContextOverflow},
    // https://docs.x.ai/docs/key-information/debugging
    {"*maximum prompt length is *", Meaning::kContextOverflow},
    // https://platform.moonshot.ai/docs/api/errors
    {"*exceeded model token limit*", Meaning::kContextOverflow},
    // https://www.alibabacloud.com/help/en/model-studio/error-code
    {"*range of input length should be *", Meaning::kContextOverflow},
    // https://docs.bigmodel.cn/cn/api/api-code (1261)
    {"prompt 超长*", Meaning::kContextOverflow},
    {"prompt exceeds max length*", Meaning::kContextOverflow},
    // https://github.com/MiniMax-AI/MiniMax-M2/issues/119
    {"*context window exceeds limit*", Meaning::kContextOverflow},
    // https://developers.cloudflare.com/workers-ai/platform/errors/
    {"*exceeded this model context window limit*", Meaning::kContextOverflow},
    // https://docs.together.ai/docs/error-codes, https://huggingface.co/docs/text-generation-inference
    {"*`inputs` tokens + `max_new_tokens` must be <=*", Meaning::kContextOverflow},
    {"*`inputs` must have less than * tokens*", Meaning::kContextOverflow},
    // https://docs.vllm.ai, https://docs.sglang.ai
    {"*longer than the maximum model length*", Meaning::kContextOverflow},
    {"*longer than the model's context length*", Meaning::kContextOverflow},
    // https://github.com/ggml-org/llama.cpp/tree/master/tools/server, https://lmstudio.ai/docs, https://docs.ollama.com
    {"*exceeds the available context size*", Meaning::kContextOverflow},
    {"*greater than the context length*", Meaning::kContextOverflow},
    {"*exceeded max context length*", Meaning::kContextOverflow},
    {"*the input length exceeds the context length*", Meaning::kContextOverflow},
    // https://github.com/jjleng/copilot-more/issues/35 (the API behind Copilot's clients)
    {"prompt token count of * exceeds the limit of *", Meaning::kContextOverflow},
    // https://docs.cohere.com/reference/errors
    {"too many tokens: *", Meaning::kContextOverflow},
};

// Wildcard match. On a mismatch it goes back only to the last `*`; earlier ones need no second try.
bool fits(std::string_view text, std::string_view pattern) {
  size_t at = 0;
  size_t wanted = 0;
  size_t star = pattern.npos;  // The last `*` that was passed; `after_star` is its place in the text.
  size_t after_star = 0;
  while (at < text.size()) {
    const bool is_star = wanted < pattern.size() && pattern[wanted] == '*';
    if (is_star) {
      star = wanted++;
      after_star = at;
    } else if (wanted < pattern.size() && (pattern[wanted] == text[at] || pattern[wanted] == '?')) {
      ++wanted;
      ++at;
    } else if (star != pattern.npos) {
      wanted = star + 1;
      at = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', wanted) == pattern.npos;
}

const Word* find_word(std::string_view said) {
  const auto is_it = [said](const Word& row) { return row.text == said; };
  const Word* found = said.empty() ? std::end(kWords) : std::find_if(std::begin(kWords), std::end(kWords), is_it);
  return found == std::end(kWords) ? nullptr : found;
}

Meaning meaning_of_words(const ErrorFields& fields) {
  for (const std::string& said : {fields.code, fields.type, fields.reason}) {
    if (const Word* known = find_word(said)) return known->meaning;
  }
  return Meaning::kUnknown;
}

Meaning meaning_of_text(int status, std::string_view message) {
  const std::string low = ascii_lower(trim(message.substr(0, kMessageBytesRead)));
  for (const Text& row : kTexts) {
    const bool is_status = row.status == 0 || row.status == status;
    if (is_status && fits(low, row.pattern)) return row.meaning;
  }
  return Meaning::kUnknown;
}

// Groq's 413 with OpenAI's words: one request is larger than the account's limit. A reached rate limit is a 429 and
// ends by itself.
bool is_account_limit(int status, const ErrorFields& fields) {
  return status == 413 && (fields.code == "rate_limit_exceeded" || fields.type == "tokens");
}

// True if the meaning is plausible with the status. A server error (5xx) or a rate limit (429) usually means something
// else. (llama.cpp and others report a conversation that is too long as a 500.)
bool is_possible(Meaning meaning, int status) {
  if (meaning == Meaning::kContextOverflow) return status != 429 && (status < 500 || status == 500);
  if (meaning == Meaning::kAccountLimit) return status == 413;
  return status < 500;
}

std::string_view code_of_meaning(Meaning meaning) {
  switch (meaning) {
    case Meaning::kUnknown: break;
    case Meaning::kWrongKey: return "invalid_api_key";
    case Meaning::kNoMoney: return "insufficient_quota";
    case Meaning::kModelMissing: return "model_not_found";
    case Meaning::kAccountLimit: return "rate_limit_exceeded";
    case Meaning::kContextOverflow: return "context_length_exceeded";
  }
  return {};
}

}  // namespace

ErrorMeaning meaning_of_error(int status, const ErrorFields& fields) {
  if (is_account_limit(status, fields)) return Meaning::kAccountLimit;
  const Meaning by_words = meaning_of_words(fields);
  const Meaning meaning = by_words != Meaning::kUnknown ? by_words : meaning_of_text(status, fields.message);
  return is_possible(meaning, status) ? meaning : Meaning::kUnknown;
}

int status_of_meaning(ErrorMeaning meaning) {
  switch (meaning) {
    case Meaning::kUnknown: break;
    case Meaning::kWrongKey: return 401;
    case Meaning::kNoMoney: return 429;
    case Meaning::kModelMissing: return 404;
    case Meaning::kAccountLimit: return 413;
    case Meaning::kContextOverflow: return 400;
  }
  return 0;
}

void say_in_openai_words(ErrorMeaning meaning, const ErrorFields& fields, Error& error) {
  if (meaning == Meaning::kUnknown) return;
  const Word* own = find_word(fields.code);
  const bool stays = own != nullptr && own->stays && own->meaning == meaning;
  error.code = stays ? fields.code : std::string(code_of_meaning(meaning));
  if (meaning != Meaning::kContextOverflow) return;
  if (error.status >= 500) error.status = status_of_meaning(meaning);
  if (error.message.find(kContextPhrase) != std::string::npos) return;
  error.message.append(" (This is more than the model's ").append(kContextPhrase).append(".)");
}

}  // namespace onellm::dialects
