#include "dialects/gemini/model_list.h"

#include <gtest/gtest.h>

#include "dialects/gemini/dialect.h"
#include "dialects/palm/dialect.h"

namespace onellm::dialects::gemini {
namespace {

constexpr std::string_view kList = R"({
  "models": [
    {"name": "models/gemini-3-flash", "version": "3", "supportedGenerationMethods": ["countTokens", "generateContent"]},
    {"name": "models/gemini-embedding-001", "supportedGenerationMethods": ["embedContent"]},
    {"name": "tunedModels/mine", "supportedGenerationMethods": ["generateContent"]},
    {"name": "models/chat-bison-001", "supportedGenerationMethods": ["generateMessage", "countMessageTokens"]},
    {"name": "models/text-bison-001", "supportedGenerationMethods": ["generateText"]},
    {"supportedGenerationMethods": ["generateContent"]},
    {"name": "models/unsaid"},
    7
  ],
  "nextPageToken": "a\u003db"})";

std::vector<std::string> ids(const ModelPage& page) {
  std::vector<std::string> out;
  for (const ModelEntry& model : page.models) out.push_back(model.id);
  return out;
}

TEST(GoogleModels, AreThoseThatCanChat) {
  EXPECT_EQ(ids(dialect().decode_models(kList)), (std::vector<std::string>{"gemini-3-flash", "tunedModels/mine"}));
  EXPECT_EQ(ids(palm::dialect().decode_models(kList)), (std::vector<std::string>{"chat-bison-001", "text-bison-001"}));
}

TEST(GoogleModels, ComeInPages) {
  EXPECT_EQ(dialect().decode_models(kList).next, "a=b");
  EXPECT_EQ(dialect().decode_models(R"({"models":[]})").next, "");
}

TEST(GoogleModels, AreNoneInWhatIsNoList) {
  for (const char* body : {"", "[]", "7", "<html>", R"({"models":{}})", R"({"models":[{"name":"models/x",)",
                           R"({"error":{"code":400}})"}) {
    EXPECT_TRUE(dialect().decode_models(body).models.empty()) << body;
    EXPECT_EQ(dialect().decode_models(body).next, "") << body;
  }
}

}  // namespace
}  // namespace onellm::dialects::gemini
