# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  message_changes.cpp
  message_edits.cpp
)
