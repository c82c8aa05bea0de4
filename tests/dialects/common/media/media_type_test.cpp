#include "dialects/common/media/media_type.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(MediaType, IsRecognisedByTheFirstBytes) {
  EXPECT_EQ(recognised_media_type({"iVBORw0KGgoAAAANSUhEUgAA"}), "image/png");
  EXPECT_EQ(recognised_media_type({"/9j/4AAQSkZJRgABAQ=="}), "image/jpeg");
  EXPECT_EQ(recognised_media_type({"/9j/"}), "image/jpeg");
  EXPECT_EQ(recognised_media_type({"R0lGODlhAQABAIAAAA"}), "image/gif");
  EXPECT_EQ(recognised_media_type({"R0lGODdhAQABAIAAAA"}), "image/gif");
  EXPECT_EQ(recognised_media_type({"UklGRiQAAABXRUJQVlA4"}), "image/webp");
  EXPECT_EQ(recognised_media_type({"JVBERi0xLjQK"}), "application/pdf");
}

TEST(MediaType, IsNotRecognisedInOtherData) {
  // The third is RIFF that is a sound; the last are no base64.
  for (const char* data : {"", "AA==", "UklGRiQAAABXQVZFZm10", "UklG", "R0lG", "IyBUCg", "%PDF-1.4", "\\u0041"}) {
    EXPECT_EQ(recognised_media_type({data}), "") << data;
  }
}

TEST(MediaType, IsRecognisedThroughEscapesAndLineEnds) {
  EXPECT_EQ(recognised_media_type({R"(\/9j\/4AAQSkZJ)"}), "image/jpeg");
  EXPECT_EQ(recognised_media_type({R"(iVBORw0K\r\nGgoAAAANSUhE)"}), "image/png");
}

TEST(MediaType, HasOneRegisteredName) {
  EXPECT_EQ(registered_media_type("image/jpg"), "image/jpeg");
  EXPECT_EQ(registered_media_type("image/heic"), "image/heic");
}

TEST(MediaType, SaysNothingWhereItIsGeneric) {
  EXPECT_TRUE(is_generic_media_type("application/octet-stream") && is_generic_media_type(""));
  EXPECT_FALSE(is_generic_media_type("application/pdf"));
}

}  // namespace
}  // namespace onellm::dialects
