# Built for speed: what every request passes through (src/CMakeLists.txt).
hot_files(sha256.cpp)
