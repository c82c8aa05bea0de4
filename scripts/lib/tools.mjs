// The tools and headers that the project needs beside Node and npm, as data: how each is recognised,
// and every way to come by it. setup.mjs goes through them in order.

/**
 * @typedef {object} Tool
 * @property {string} name what people call it
 * @property {string} [command] it is there if this command is on the PATH,
 * @property {string[]} [files] or if one of these files exists (a `*` stands for any one folder name)
 * @property {string[]} [ask] or if this command prints something and succeeds
 * @property {string[]} debian the packages that bring it, none where apt's version does not serve
 * @property {string} [python] else: the Python package that brings it
 * @property {boolean} [emsdk] else: the Emscripten SDK brings it
 * @property {boolean} [fetched] else: CMake fetches it
 * @property {string} [slow] what to expect, where it takes more than seconds
 */

/** @type {Record<string, Tool>} */
export const tools = {
  cmake: { name: 'CMake', command: 'cmake', debian: ['cmake'], python: 'cmake==3.31.6' },
  ninja: { name: 'Ninja', command: 'ninja', debian: ['ninja-build'], python: 'ninja==1.11.1.4' },
  emscripten: {
    name: 'Emscripten',
    command: 'em-config',
    files: ['.cache/emsdk/upstream/emscripten/em-config'],
    debian: ['emscripten'],
    emsdk: true,
    slow: 'about a minute, once',
  },
  compiler: { name: 'a C++ compiler', command: 'g++', debian: ['g++'] },
  json: {
    name: 'nlohmann/json',
    files: ['/usr/include/nlohmann/json.hpp', '/opt/homebrew/include/nlohmann/json.hpp'],
    debian: ['nlohmann-json3-dev'],
    fetched: true,
  },
  googletest: {
    name: 'GoogleTest',
    files: ['/usr/src/googletest/CMakeLists.txt'],
    debian: ['googletest'],
    fetched: true,
  },
  clang: { name: 'Clang', command: 'clang++', debian: ['clang'], slow: 'about a minute, once' },
  sanitizers: {
    name: "Clang's sanitizers",
    files: [
      '/usr/lib/clang/*/lib/linux/libclang_rt.asan-x86_64.a',
      '/usr/lib/clang/*/lib/linux/libclang_rt.asan-aarch64.a',
      '/Library/Developer/CommandLineTools/usr/lib/clang/*/lib/darwin/libclang_rt.asan_osx_dynamic.dylib',
    ],
    debian: ['libclang-rt-dev'],
  },
  libfuzzer: {
    name: 'libFuzzer',
    files: [
      '/usr/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a',
      '/usr/lib/clang/*/lib/linux/libclang_rt.fuzzer-aarch64.a',
    ],
    debian: ['libclang-rt-dev'],
  },
  clangFormat: { name: 'clang-format', command: 'clang-format', debian: ['clang-format'] },
  pip: { name: 'pip', ask: ['python3', '-m', 'pip', '--version'], debian: ['python3-pip'] },
  // Of this version everywhere, by pip: what comes with Debian 12 also judges the standard headers,
  // which takes half of the time of `npm run lint`.
  clangTidy: {
    name: 'clang-tidy',
    files: ['.cache/python/clang_tidy-23.1.4.dist-info/METADATA'],
    debian: [],
    python: 'clang-tidy==23.1.4',
  },
  chromium: {
    name: 'Chromium',
    command: 'chromium',
    debian: ['chromium', 'fonts-liberation'],
    slow: 'about a minute, once',
  },
  wrk: { name: 'wrk', command: 'wrk', debian: ['wrk'] },
};

const sanitized = [tools.cmake, tools.ninja, tools.clang, tools.sanitizers, tools.json, tools.googletest];

/** What each job needs of them. */
export const jobs = {
  wasm: [tools.cmake, tools.ninja, tools.emscripten],
  native: [tools.cmake, tools.ninja, tools.compiler, tools.json, tools.googletest],
  asan: sanitized,
  fuzz: [...sanitized, tools.libfuzzer],
  lint: [tools.cmake, tools.ninja, tools.clang, tools.clangFormat, tools.pip, tools.clangTidy],
  pages: [tools.chromium],
  bench: [tools.wrk],
};
