# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  commands.cpp
  random.cpp
  session.cpp
)
