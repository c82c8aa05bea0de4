hot_files(
  authentication.cpp
  head.cpp
  reply.cpp
  request_body.cpp
  routes.cpp
)
