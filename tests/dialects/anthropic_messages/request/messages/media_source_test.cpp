#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

Encoded encode_part(const std::string& part) {
  return encode_messages(kBudgetModel, R"({"role":"user","content":[{"type":"text","text":"t"},)" + part + "]}");
}
Encoded encode_image(const std::string& url) {
  return encode_part(R"({"type":"image_url","image_url":{"url":")" + url + "\"}}");
}
Encoded encode_file(const std::string& members) { return encode_part(R"({"type":"file","file":{)" + members + "}}"); }

Json block_of(const Encoded& encoded) {
  EXPECT_TRUE(encoded.good) << encoded.error.message;
  return encoded.good ? encoded.body["messages"][0]["content"][1] : Json();
}

TEST(AnthropicMedia, SendImagesByAddressAndAsData) {
  EXPECT_EQ(block_of(encode_image("http://h/a.png")),
            parse(R"({"type":"image","source":{"type":"url","url":"http://h/a.png"}})"));
  EXPECT_EQ(block_of(encode_image("data:image/JPG;base64,AA==")),
            parse(R"({"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AA=="}})"));
  EXPECT_EQ(block_of(encode_image("data:image/webp;name=a;base64,AA=="))["source"]["media_type"], "image/webp");
}

TEST(AnthropicMedia, RefuseImagesThatTheApiDoesNotTake) {
  for (const char* url : {"data:image/svg+xml;base64,AA==", "data:image/png,%89", "ftp://h/a.png", "a.png"}) {
    const Encoded encoded = encode_image(url);
    EXPECT_EQ(encoded.error.kind, ErrorKind::kBadRequest) << url;
    EXPECT_EQ(encoded.error.param, "messages[0].content[1].image_url.url") << url;
  }
}

TEST(AnthropicMedia, NameTheDetailThatIsDropped) {
  EXPECT_EQ(encode_part(R"({"type":"image_url","image_url":{"url":"https://h/a","detail":"low"}})").dropped,
            Names{"messages[].content[].image_url.detail"});
}

TEST(AnthropicMedia, SendFilesByWhatTheyAre) {
  EXPECT_EQ(
      block_of(encode_file(R"("file_data":"JVBERi0xLjQK")")),
      parse(R"({"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0xLjQK"}})"));
  EXPECT_EQ(block_of(encode_file(R"("filename":"a.md","file_data":"IyBUCg")"))["source"],
            parse(R"({"type":"text","media_type":"text/plain","data":"# T\n"})"));
  EXPECT_EQ(block_of(encode_file(R"("file_data":"data:image/gif;base64,R0lG")"))["type"], "image");
  EXPECT_EQ(block_of(encode_file(R"("file_data":"https://h/a.pdf")"))["source"],
            parse(R"({"type":"url","url":"https://h/a.pdf"})"));
}

TEST(AnthropicMedia, HaveTheTypeThatTheirFirstBytesShow) {
  const char* const png = "iVBORw0KGgoAAAANSUhEUgAA";
  for (const char* named : {"image/jpeg", "image/heic", "application/octet-stream", ""}) {
    const std::string url = "data:" + std::string(named) + ";base64," + png;
    EXPECT_EQ(block_of(encode_image(url))["source"]["media_type"], "image/png") << named;
    EXPECT_EQ(block_of(encode_file(R"("file_data":")" + url + "\""))["source"]["media_type"], "image/png") << named;
  }
  const std::string pdf = R"("file_data":"data:application/octet-stream;base64,JVBERi0xLjQK")";
  EXPECT_EQ(block_of(encode_file(pdf))["source"]["media_type"], "application/pdf");
}

TEST(AnthropicMedia, AreTakenForWhatTheirNamesSayWhereTheTypeSaysNothing) {
  EXPECT_EQ(
      block_of(encode_file(
          R"("filename":"a.PDF","file_data":"data:application/octet-stream;base64,AAAA")"))["source"]["media_type"],
      "application/pdf");
  EXPECT_EQ(block_of(encode_file(R"("filename":"a.txt","file_data":"data:;base64,IyBUCg")"))["source"]["data"],
            "# T\n");
}

TEST(AnthropicMedia, SendIdsOfAnthropicsOwnFiles) {
  const Encoded encoded = encode_file(R"("file_id":"file_011","filename":"a.pdf")");
  EXPECT_EQ(block_of(encoded),
            parse(R"({"type":"document","source":{"type":"file","file_id":"file_011"},"title":"a.pdf"})"));
  ASSERT_EQ(encoded.headers.size(), 1u);
  EXPECT_EQ(encoded.headers[0].second, "files-api-2025-04-14");
  EXPECT_EQ(encode_file(R"("file_id":"file-abc")").error.param, "messages[0].content[1].file.file_id");
}

TEST(AnthropicMedia, RefuseFilesThatTheApiDoesNotTake) {
  for (const char* data :
       {"data:application/zip;base64,AA==", "data:text/plain;base64,A", "data:text/plain,a", "AAAA"}) {
    const Encoded encoded = encode_file(R"("file_data":")" + std::string(data) + "\"");
    EXPECT_EQ(encoded.error.param, "messages[0].content[1].file.file_data") << data;
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
