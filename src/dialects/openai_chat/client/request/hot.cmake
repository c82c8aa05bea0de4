hot_files(
  content.cpp
  field_reader.cpp
  messages.cpp
  options.cpp
  parameter_table.cpp
)
