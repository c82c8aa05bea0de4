hot_files(
  commands.cpp
  random.cpp
  session.cpp
)
