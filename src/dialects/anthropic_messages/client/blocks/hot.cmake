# Files that every byte of a reply passes through; compiled for speed (see src/CMakeLists.txt).
hot_files(
  call_input.cpp
  content_flow.cpp
  held_content.cpp
  stream_blocks.cpp
)
