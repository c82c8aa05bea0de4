hot_files(
  content_blocks.cpp
)
