# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  content.cpp
  messages.cpp
  options.cpp
  parameter_table.cpp
)
