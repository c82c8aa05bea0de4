#include "dialects/anthropic_messages/client/request/client_tools.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kDateBytes = 8;  // 20250305

constexpr ClientTool kTools[] = {
    {"bash", "bash",
     "Runs a command in a bash shell that stays open between calls, and returns its output. Set restart to start a new "
     "shell.",
     R"({"type":"object","properties":{)"
     R"("command":{"type":"string","description":"The command to run. Required unless restart is set."},)"
     R"("restart":{"type":"boolean","description":"Starts a new shell instead of running a command."}}})"},
    {"text_editor", "str_replace_based_edit_tool",
     "Views, creates and edits text files. view shows a file with line numbers, or lists a directory; create writes a "
     "new file; str_replace replaces a text that must occur exactly once; insert puts text after a line.",
     R"({"type":"object","properties":{)"
     R"("command":{"type":"string","enum":["view","create","str_replace","insert","undo_edit"]},)"
     R"("path":{"type":"string","description":"The path of the file or directory."},)"
     R"("file_text":{"type":"string","description":"For create: the text of the file."},)"
     R"("old_str":{"type":"string","description":"For str_replace: the text to replace, with all its white space."},)"
     R"("new_str":{"type":"string","description":"For str_replace: the new text. For insert: the text to insert."},)"
     R"("insert_line":{"type":"integer","description":"For insert: the number of the line after which the text goes; 0 is the beginning of the file."},)"
     R"("insert_text":{"type":"string","description":"For insert: the text to insert."},)"
     R"("view_range":{"type":"array","items":{"type":"integer"},"description":"For view: the first and the last line to show; -1 is the end of the file."}},)"
     R"("required":["command","path"]})"},
    {"memory", "memory",
     "Reads and changes files in the directory /memories, which stay between conversations. view shows a file or lists "
     "a directory; create, str_replace and insert write; delete and rename move files away.",
     R"({"type":"object","properties":{)"
     R"("command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"]},)"
     R"("path":{"type":"string","description":"The path of the file or directory, below /memories. For all commands but rename."},)"
     R"("view_range":{"type":"array","items":{"type":"integer"},"description":"For view: the first and the last line to show."},)"
     R"("file_text":{"type":"string","description":"For create: the text of the file."},)"
     R"("old_str":{"type":"string","description":"For str_replace: the text to replace."},)"
     R"("new_str":{"type":"string","description":"For str_replace: the new text."},)"
     R"("insert_line":{"type":"integer","description":"For insert: the number of the line after which the text goes."},)"
     R"("insert_text":{"type":"string","description":"For insert: the text to insert."},)"
     R"("old_path":{"type":"string","description":"For rename: the path now."},)"
     R"("new_path":{"type":"string","description":"For rename: the new path."}},)"
     R"("required":["command"]})"},
};

}  // namespace

std::string_view kind_of_tool(std::string_view type) {
  const size_t mark = type.rfind('_');
  if (mark == type.npos || type.size() - mark - 1 != kDateBytes) return type;
  const bool is_date = type.find_first_not_of("0123456789", mark + 1) == type.npos;
  return is_date ? type.substr(0, mark) : type;
}

const ClientTool* find_client_tool(std::string_view kind) {
  for (const ClientTool& tool : kTools) {
    if (tool.kind == kind) return &tool;
  }
  return nullptr;
}

}  // namespace onellm::dialects::anthropic_messages
