#include "dialects/common/errors/known_words.h"

namespace onellm::dialects {

namespace {

using Meaning = ErrorMeaning;

constexpr KnownText kTexts[] = {
    // https://docs.x.ai/docs/key-information/debugging
    {"incorrect api key*", Meaning::kWrongKey},

    // --- no money ---
    // https://docs.claude.com/en/api/errors, https://docs.claude.com/en/api/rate-limits
    {"your credit balance is too low*", Meaning::kNoMoney},
    {"you have reached your specified api usage limits*", Meaning::kNoMoney},
    // https://ai.google.dev/gemini-api/docs/billing, https://github.com/dyad-sh/dyad/issues/3626. (Not its "You
    // exceeded your current quota": that passes.)
    {"your prepayment credits are depleted*", Meaning::kNoMoney},
    {"your project has exceeded its monthly spending cap*", Meaning::kNoMoney},
    // https://api-docs.deepseek.com/quick_start/error_codes, and in other letters MiniMax, Z.ai
    // (https://github.com/7836246/cursor2api/issues/30) and SiliconFlow, also
    // https://github.com/FoundationAgents/OpenManus/issues/438
    {"insufficient balance*", Meaning::kNoMoney},
    {"[1113][insufficient balance*", Meaning::kNoMoney},  // https://github.com/zai-org/feedback/issues/789
    {"insufficient account balance*", Meaning::kNoMoney},
    {"sorry, your account balance is insufficient*", Meaning::kNoMoney},
    {"the selected model requires paid balance*", Meaning::kNoMoney},
    // Moonshot: https://github.com/continuedev/continue/issues/11443, https://github.com/MoonshotAI/Kimi-K2/issues/5
    {"your account * is suspended*insufficient balance*", Meaning::kNoMoney},
    {"your account * is not active*exceeded current quota*", Meaning::kNoMoney},
    {"your account is suspended*", Meaning::kNoMoney},
    // Fireworks: https://docs.fireworks.ai/troubleshooting/status_error_codes/inference_error_code,
    // https://github.com/amd/gaia/issues/3766
    {"account suspended*", Meaning::kNoMoney},
    {"account * is suspended*", Meaning::kNoMoney},
    // https://openrouter.ai/docs/api-reference/errors, https://github.com/QwenLM/qwen-code/issues/73,
    // https://github.com/tailcallhq/forgecode/issues/571, https://github.com/anomalyco/opencode/issues/12219
    {"insufficient credits*", Meaning::kNoMoney},
    {"this request requires more credits*", Meaning::kNoMoney},
    {"more credits are required to run this request*", Meaning::kNoMoney},
    {"prompt tokens limit exceeded: *", Meaning::kNoMoney},
    {"key limit exceeded*", Meaning::kNoMoney},
    // x.ai: https://github.com/continuedev/continue/issues/10373
    {"your team * has either used all available credits*", Meaning::kNoMoney},
    {"your newly created team doesn't have any credits*", Meaning::kNoMoney},
    // https://docs.z.ai/api-reference/api-code, https://docs.bigmodel.cn/cn/api/api-code (1113),
    // https://github.com/langgenius/dify/issues/5850, https://github.com/continuedev/continue/issues/11823
    {"余额不足*", Meaning::kNoMoney},
    {"您的账户已欠费*", Meaning::kNoMoney},
    {"your account is in arrears*", Meaning::kNoMoney},
    // https://www.alibabacloud.com/help/en/model-studio/error-code
    {"access denied, please make sure your account is in good standing*", Meaning::kNoMoney},
    {"the free tier of the model has been exhausted*", Meaning::kNoMoney},
    // https://docs.together.ai/docs/error-codes, https://github.com/expectedparrot/edsl/issues/2098
    {"credit limit exceeded*", Meaning::kNoMoney},
    // https://huggingface.co/docs/inference-providers/pricing, https://github.com/huggingface/agents-course/issues/386
    {"you have exceeded your monthly included credits*", Meaning::kNoMoney},
    {"you have depleted your monthly included credits*", Meaning::kNoMoney},
    // https://developers.cloudflare.com/workers-ai/platform/errors/ (3036, 4006),
    // https://github.com/get-engram/engram/issues/34
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
    // https://huggingface.co/docs/inference-providers, https://github.com/cline/cline/issues/5098
    {"the requested model * is not supported by any provider*", Meaning::kModelMissing},
    // https://docs.together.ai/docs/error-codes, https://github.com/truefoundry/models/pull/919
    {"unable to access model *", Meaning::kModelMissing},
    {"unable to access non-serverless model *", Meaning::kModelMissing},
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
    // A collection of most of them, by provider, is
    // https://github.com/earendil-works/pi/blob/main/packages/ai/src/utils/overflow.ts
    // https://platform.openai.com/docs/guides/error-codes, and with it most hosts: vLLM, OpenRouter, DeepSeek
    {"*maximum context length*", Meaning::kContextOverflow},
    {"*exceeds the context window*", Meaning::kContextOverflow},
    {"*reduce the length of the messages*", Meaning::kContextOverflow},
    // https://docs.claude.com/en/docs/build-with-claude/context-windows
    {"*prompt is too long*", Meaning::kContextOverflow},
    {"*exceed context limit*", Meaning::kContextOverflow},
    {"*exceeds context limit*", Meaning::kContextOverflow},
    // https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors
    // https://github.com/googleapis/python-genai/issues/2050
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
    // https://docs.vllm.ai, https://github.com/vllm-project/vllm/issues/12165; Together and https://docs.sglang.ai
    {"*longer than the maximum model length*", Meaning::kContextOverflow},
    {"the prompt (total length *) is too long to fit into the model*", Meaning::kContextOverflow},
    {"*longer than the model's context length*", Meaning::kContextOverflow},
    // https://github.com/ggml-org/llama.cpp/tree/master/tools/server, https://lmstudio.ai/docs, https://docs.ollama.com
    {"*exceeds the available context size*", Meaning::kContextOverflow},
    {"*greater than the context length*", Meaning::kContextOverflow},
    {"*exceeded max context length*", Meaning::kContextOverflow},
    // https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/546, https://github.com/lmstudio-ai/examples/issues/29
    {"trying to keep the first * tokens when context the overflows*", Meaning::kContextOverflow},
    {"*input length * exceeds context length *", Meaning::kContextOverflow},
    // Poolside through OpenRouter: https://github.com/earendil-works/pi/issues/4943
    {"*exceeds the maximum allowed input length of *", Meaning::kContextOverflow},
    // Ollama: https://github.com/lfnovo/open-notebook/issues/350, https://github.com/nano-step/nano-brain/issues/208
    {"*the input length exceeds the context length*", Meaning::kContextOverflow},
    // https://github.com/jjleng/copilot-more/issues/35 (the API behind Copilot's clients)
    {"prompt token count of * exceeds the limit of *", Meaning::kContextOverflow},
    // https://docs.cohere.com/reference/errors
    {"too many tokens: *", Meaning::kContextOverflow},
};

}  // namespace

std::span<const KnownText> known_texts() { return kTexts; }

}  // namespace onellm::dialects
