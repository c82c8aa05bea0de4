# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  extra_members.cpp
  field_reader.cpp
  gateway_options.cpp
  request_body.cpp
)
