# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  api_choice.cpp
  family_edits.cpp
  parameter_kind.cpp
  parameter_rules.cpp
  source_encoder.cpp
  writer.cpp
)
