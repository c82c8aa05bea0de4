# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  efforts.cpp
  names.cpp
  override_reader.cpp
  overrides.cpp
  rows.cpp
)
