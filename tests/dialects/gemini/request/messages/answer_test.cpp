// What clients send back of an earlier answer besides its calls.
#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
namespace {

using Names = std::vector<std::string>;

// What is sent of a conversation in which the assistant's message has these members.
GeminiRequest encode_answer(const std::string& members, const std::string& model = "gemini-flash-latest") {
  return encode_gemini_messages(
      R"([{"role":"user","content":"a"},{"role":"assistant",)" + members + R"(},{"role":"user","content":"b"}])",
      model);
}

Json parts_of_answer(const std::string& members) {
  const GeminiRequest sent = encode_answer(members);
  EXPECT_EQ(sent.dropped, Names{});
  return sent.body["contents"][1]["parts"];
}

std::string image(const std::string& url) { return R"({"type":"image_url","image_url":{"url":")" + url + "\"}}"; }

const std::string kSigned = R"("extra_content":{"google":{"thought_signature":"s"}})";

// --- images ---

TEST(GeminiAnswer, GivesItsImagesBackWithTheSignatureOfTheLast) {
  const std::string images =
      R"("images":[)" + image("data:image/png;base64,AA==") + "," + image(R"(data:image\/jpeg;base64,\/w==)") + "]";
  EXPECT_EQ(parts_of_answer(R"("content":null,)" + images + "," + kSigned), parse(R"([
    {"inlineData":{"mimeType":"image/png","data":"AA=="}},
    {"inlineData":{"mimeType":"image/jpeg","data":"/w=="},"thoughtSignature":"s"}])"));
  EXPECT_EQ(parts_of_answer(R"("content":"Here:",)" + kSigned + R"(,"annotations":[],)" + images), parse(R"([
    {"text":"Here:"},{"inlineData":{"mimeType":"image/png","data":"AA=="}},
    {"inlineData":{"mimeType":"image/jpeg","data":"/w=="},"thoughtSignature":"s"}])"));
}

TEST(GeminiAnswer, ViewsItsImages) {
  const std::string data(100'000, 'A');
  const DecodedBody decoded =
      decode_good(R"({"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","images":[)" +
                  image("data:image/png;base64," + data) + R"(]},{"role":"user","content":"b"}]})");
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "gemini-3-flash"});
  ASSERT_TRUE(encoded);
  const std::string_view extra = decoded->messages[1].extra.text;
  bool viewed = false;
  for (const std::string_view piece : encoded->body.pieces()) {
    viewed = viewed || (piece == data && piece.data() > extra.data() && piece.data() < extra.data() + extra.size());
  }
  EXPECT_TRUE(viewed);
}

TEST(GeminiAnswer, NamesImagesThatCannotGo) {
  for (const std::string images : {R"("x")", R"(["x"])", R"([{}])", R"([{"image_url":"x"}])", R"([{"image_url":{}}])",
                                   R"([{"image_url":{"url":7}}])"}) {
    EXPECT_EQ(encode_answer(R"("content":"c","images":)" + images).dropped, Names{"messages[].images"}) << images;
  }
  for (const char* url : {"https://a.test/b.png", "data:image/png;base64,", "data:;base64,AA==", "data:image/png,x"}) {
    const GeminiRequest sent = encode_answer(R"("content":"c","images":[)" + image(url) + "]," + kSigned);
    EXPECT_EQ(sent.dropped, Names{"messages[].images"}) << url;
    EXPECT_EQ(sent.body["contents"][1]["parts"], parse(R"([{"text":"c","thoughtSignature":"s"}])")) << url;
  }
}

// --- Google's own tools ---

const std::string kServerParts = R"("extra_content":{"google":{"thought_signature":"s","parts":[
    {"toolCall":{"toolType":"GOOGLE_SEARCH_WEB","id":"t1"},"thoughtSignature":"t"},{"toolResponse":{"id":"t1"}}]}})";

TEST(GeminiAnswer, GivesThePartsOfGooglesOwnToolsBack) {
  EXPECT_EQ(parts_of_answer(R"("content":"Ok.",)" + kServerParts), parse(R"([
    {"toolCall":{"toolType":"GOOGLE_SEARCH_WEB","id":"t1"},"thoughtSignature":"t"},{"toolResponse":{"id":"t1"}},
    {"text":"Ok.","thoughtSignature":"s"}])"));
}

TEST(GeminiAnswer, NamesPartsThatCannotGo) {
  const Names dropped{"messages[].extra_content.google.parts"};
  const Json text = parse(R"([{"text":"Ok.","thoughtSignature":"s"}])");
  const GeminiRequest old = encode_answer(R"("content":"Ok.",)" + kServerParts, "gemini-2.5-flash");
  EXPECT_EQ(old.dropped, dropped);
  EXPECT_EQ(old.body["contents"][1]["parts"], text);
  EXPECT_EQ(encode_answer(R"("content":"Ok.","extra_content":{"google":{"parts":[7]}})").dropped, dropped);
  EXPECT_EQ(parts_of_answer(R"("content":"Ok.","extra_content":{"google":{"parts":7,"thought_signature":"s"}})"), text);
}

}  // namespace
}  // namespace onellm::dialects::gemini
