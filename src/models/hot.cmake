hot_files(
  efforts.cpp
  names.cpp
  override_reader.cpp
  overrides.cpp
  rows.cpp
)
