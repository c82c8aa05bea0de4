# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  authentication.cpp
  head.cpp
  reply.cpp
  request_body.cpp
  routes.cpp
)
