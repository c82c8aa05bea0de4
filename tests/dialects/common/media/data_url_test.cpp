#include "dialects/common/media/data_url.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(DataUrl, IsSplitIntoMediaTypeAndData) {
  const std::optional<DataUrl> url = split_data_url({"data:image/png;base64,AA,A="});
  ASSERT_TRUE(url);
  EXPECT_EQ(url->mime_type, "image/png");
  EXPECT_EQ(url->data.text, "AA,A=");
}

TEST(DataUrl, LosesTheParametersOfItsMediaType) {
  EXPECT_EQ(split_data_url({"DATA:Text/Plain;charset=utf-8;BASE64,AA"})->mime_type, "text/plain");
  EXPECT_EQ(split_data_url({"data:;base64,AA"})->mime_type, "");
  EXPECT_EQ(split_data_url({R"(data:image\/png;base64,A\/A)"})->mime_type, "image/png");
}

TEST(DataUrl, MustBeBase64) {
  for (const char* url : {"data:text/plain,hello", "data:text/plain;base64", "https://a.b/c", "", "data:"}) {
    EXPECT_FALSE(split_data_url({url})) << url;
  }
  EXPECT_FALSE(split_data_url({std::string(600, 'x').insert(0, "data:") + ";base64,AA"}));
}

TEST(DataUrl, IsToldFromAddressesOfTheWeb) {
  EXPECT_TRUE(is_web_url({"HTTPS://a.b"}) && is_web_url({R"(http:\/\/a.b)"}));
  EXPECT_FALSE(is_web_url({"data:image/png;base64,AA"}) || is_web_url({"ftp://a.b"}) || is_data_url({"https://a.b"}));
}

}  // namespace
}  // namespace onellm::dialects
