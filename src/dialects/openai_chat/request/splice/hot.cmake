hot_files(
  member_edit.cpp
  message_edits.cpp
  source_members.cpp
  source_splice.cpp
)
