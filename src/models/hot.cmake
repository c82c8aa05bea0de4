# Files of this folder that are built for speed (src/CMakeLists.txt).
hot_files(
  efforts.cpp
  names.cpp
  override_reader.cpp
  overrides.cpp
  rows.cpp
  rows/*.cpp
)
