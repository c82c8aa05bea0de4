# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  member_edit.cpp
  source_members.cpp
  source_splice.cpp
)
