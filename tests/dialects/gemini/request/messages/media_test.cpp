#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
namespace {

using Names = std::vector<std::string>;

GeminiRequest encode_part(const std::string& part, const std::string& model = "gemini-3-flash-preview") {
  return encode_gemini_messages(R"([{"role":"user","content":[{"type":"text","text":"see"},)" + part + "]}]", model);
}

Json sent_part(const std::string& part, const std::string& model = "gemini-3-flash-preview") {
  const GeminiRequest sent = encode_part(part, model);
  EXPECT_TRUE(sent.body.is_object()) << sent.error.message;
  return sent.body.is_object() ? sent.body["contents"][0]["parts"][1] : Json();
}

std::string image(const std::string& url, const std::string& more = "") {
  return R"({"type":"image_url","image_url":{"url":")" + url + "\"" + more + "}}";
}

std::string file(const std::string& members) { return R"({"type":"file","file":{)" + members + "}}"; }

TEST(Media, SendsDataUrlsInline) {
  EXPECT_EQ(sent_part(image("data:image/PNG;charset=x;base64,AAAA")),
            parse(R"({"inlineData":{"mimeType":"image/png","data":"AAAA"}})"));
  EXPECT_EQ(sent_part(image(R"(data:image\/webp;base64,A\/A=)")),
            parse(R"({"inlineData":{"mimeType":"image/webp","data":"A/A="}})"));
}

TEST(Media, HasTheTypeThatItsFirstBytesShow) {
  const std::string data = "iVBORw0KGgoAAAANSUhEUgAA";
  for (const char* named : {"image/jpeg", "application/octet-stream", ""}) {
    const std::string url = "data:" + std::string(named) + ";base64," + data;
    EXPECT_EQ(sent_part(image(url))["inlineData"]["mimeType"], "image/png") << named;
  }
  EXPECT_EQ(sent_part(file(R"("filename":"a.pdf","file_data":"iVBORw0KGgoAAAANSUhEUgAA")"))["inlineData"]["mimeType"],
            "image/png");
}

TEST(Media, NamesTypesAsTheyAreRegistered) {
  EXPECT_EQ(sent_part(image("data:image/jpg;base64,AAAA"))["inlineData"]["mimeType"], "image/jpeg");
}

TEST(Media, IsTakenForWhatItsNameSaysWhereTheTypeSaysNothing) {
  const std::string data = R"("file_data":"data:application/octet-stream;base64,AAAA")";
  EXPECT_EQ(sent_part(file(R"("filename":"a.mp3",)" + data))["inlineData"]["mimeType"], "audio/mp3");
}

TEST(Media, ViewsTheDataOfImages) {
  const std::string data(100'000, 'A');
  const std::string body =
      R"({"model":"m","messages":[{"role":"user","content":[)" + image("data:image/png;base64," + data) + "]}]}";
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "gemini-3-flash"});
  ASSERT_TRUE(encoded);
  ASSERT_EQ(encoded->body.pieces().size(), 3u);
  EXPECT_EQ(encoded->body.pieces()[1].size(), data.size());
  EXPECT_GE(encoded->body.pieces()[1].data(), decoded->source.text.data());
}

TEST(Media, LetsGoogleFetchAddresses) {
  EXPECT_EQ(sent_part(image("https://a.b/c.d/e.JPG?x=.png#y")),
            parse(R"({"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.b/c.d/e.JPG?x=.png#y"}})"));
  EXPECT_EQ(sent_part(image("https://www.youtube.com/watch?v=1"), "gemini-2.0-flash"),
            parse(R"({"fileData":{"fileUri":"https://www.youtube.com/watch?v=1"}})"));
}

TEST(Media, NamesAnImageThatItCannotSend) {
  const std::string cases[] = {"https://a.b/c",     "https://a.b",
                               "https://a.b/c.exe", "data:image/png,AA",
                               "data:;base64,AA",   "data:image/png;base64,",
                               "ftp://a.b/c.png",   "AAAA"};
  for (const std::string& url : cases) {
    const GeminiRequest sent = encode_part(image(url));
    EXPECT_TRUE(sent.body.is_null()) << url;
    EXPECT_EQ(sent.error.param, "messages[0].content[1].image_url.url") << url;
  }
  EXPECT_EQ(encode_part(image("https://a.b/c.png"), "gemini-2.0-flash").error.kind, ErrorKind::kUnsupportedParameter);
}

TEST(Media, SendsTheDetailAsAResolution) {
  const std::string url = "data:image/png;base64,AA==";
  EXPECT_EQ(sent_part(image(url, R"(,"detail":"low")"))["mediaResolution"],
            parse(R"({"level":"MEDIA_RESOLUTION_LOW"})"));
  EXPECT_EQ(sent_part(image(url, R"(,"detail":"high")"))["mediaResolution"],
            parse(R"({"level":"MEDIA_RESOLUTION_HIGH"})"));
  EXPECT_FALSE(sent_part(image(url, R"(,"detail":"auto")")).contains("mediaResolution"));
  EXPECT_EQ(encode_part(image(url, R"(,"detail":"low")"), "gemini-2.5-flash").dropped,
            Names{"messages[].content[].image_url.detail"});
  EXPECT_EQ(encode_part(image(url, R"(,"detail":"original")")).dropped, Names{"messages[].content[].image_url.detail"});
}

TEST(Media, SendsSounds) {
  EXPECT_EQ(sent_part(R"({"type":"input_audio","input_audio":{"data":"AA","format":"mp3"}})"),
            parse(R"({"inlineData":{"mimeType":"audio/mp3","data":"AA"}})"));
  EXPECT_EQ(encode_part(R"({"type":"input_audio","input_audio":{"data":"AA","format":"midi"}})").error.param,
            "messages[0].content[1].input_audio.format");
}

TEST(Media, SendsFiles) {
  EXPECT_EQ(sent_part(file(R"("filename":"a.bin","file_data":"data:application/pdf;base64,AA")")),
            parse(R"({"inlineData":{"mimeType":"application/pdf","data":"AA"}})"));
  EXPECT_EQ(sent_part(file(R"("file_data":"AA")")),
            parse(R"({"inlineData":{"mimeType":"application/pdf","data":"AA"}})"));
  EXPECT_EQ(sent_part(file(R"("filename":"a.CSV","file_data":"AA")")),
            parse(R"({"inlineData":{"mimeType":"text/csv","data":"AA"}})"));
  EXPECT_EQ(sent_part(file(R"("file_data":"https://a.b/c.pdf")")),
            parse(R"({"fileData":{"mimeType":"application/pdf","fileUri":"https://a.b/c.pdf"}})"));
}

TEST(Media, RefusesFilesOfAnotherProvider) {
  const GeminiRequest sent = encode_part(file(R"("file_id":"file-1")"));
  EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(sent.error.param, "messages[0].content[1].file.file_id");
}

}  // namespace
}  // namespace onellm::dialects::gemini
