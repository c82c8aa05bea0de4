#include "dialects/common/errors/known_words.h"

namespace onellm::dialects {

namespace {

using Meaning = ErrorMeaning;

constexpr KnownWord kWords[] = {
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
    // https://platform.moonshot.ai/docs/api/errors, https://github.com/MoonshotAI/Kimi-K2/issues/5
    {"exceeded_current_quota_error", Meaning::kNoMoney},
    {"resource_not_found_error", Meaning::kModelMissing},
    // https://docs.mistral.ai/api, https://github.com/hex/llm-perplexity/issues/19 (Perplexity)
    {"invalid_model", Meaning::kModelMissing},
    // https://docs.together.ai/docs/error-codes
    {"credit_limit_exceeded", Meaning::kNoMoney},
    {"model_not_available", Meaning::kModelMissing},
    // https://novita.ai/docs/api-reference/basic-error-code, https://github.com/huggingface/hub-docs/issues/2392
    {"NOT_ENOUGH_BALANCE", Meaning::kNoMoney},
    {"MODEL_NOT_FOUND", Meaning::kModelMissing},
    // https://vercel.com/docs/ai-gateway
    {"insufficient_funds", Meaning::kNoMoney},
    // https://docs.zenmux.ai/guide/advanced/error-codes.html
    {"insufficient_credit", Meaning::kNoMoney},
    {"reject_no_credit", Meaning::kNoMoney},
    // From prepaid gateways (new-api and its forks): the account at the gateway is empty.
    // https://github.com/QuantumNous/new-api
    {"insufficient_user_quota", Meaning::kNoMoney},
    {"pre_consume_token_quota_failed", Meaning::kNoMoney},
    // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
    {"exceed_context_size_error", Meaning::kContextOverflow},
};

}  // namespace

std::span<const KnownWord> known_words() { return kWords; }

}  // namespace onellm::dialects
