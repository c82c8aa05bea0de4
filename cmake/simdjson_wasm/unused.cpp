// The parts of simdjson that the project never calls and that its vtables would keep in the module all
// the same: it finds tokens with the first stage alone (src/json/tokens.h). The linker puts these in
// their place (--wrap in cmake/dependencies.cmake), which takes 17 KB of 135 off the gzipped upload.
// Nobody can reach them; a call would be a bug, and ends like one.
//
// The names are simdjson's own, as the compiler writes them. Where a new version has other names,
// nothing breaks: the module only grows again.

extern "C" {

// error_code dom_parser_implementation::stage2(dom::document &)
int __wrap__ZN8simdjson8westmere25dom_parser_implementation6stage2ERNS_3dom8documentE(void*, void*) {
  __builtin_trap();
}

// error_code dom_parser_implementation::stage2_next(dom::document &)
int __wrap__ZN8simdjson8westmere25dom_parser_implementation11stage2_nextERNS_3dom8documentE(void*, void*) {
  __builtin_trap();
}

// error_code implementation::minify(const uint8_t *, size_t, uint8_t *, size_t &) const
int __wrap__ZNK8simdjson8westmere14implementation6minifyEPKhmPhRm(const void*, const unsigned char*, unsigned long,
                                                                  unsigned char*, unsigned long*) {
  __builtin_trap();
}
}
