# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  field_reader.cpp
  gateway_options.cpp
)
