hot_files(
  chunk_template.cpp
  flow.cpp
  parse.cpp
  stream.cpp
)
