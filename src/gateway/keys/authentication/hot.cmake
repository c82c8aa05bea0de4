# Built for speed: what every request passes through (src/CMakeLists.txt).
hot_files(identification.cpp known_keys.cpp)
