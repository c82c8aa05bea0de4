// What the bundler makes of files that are no scripts.
declare module '*.css';
declare module '*.wasm' {
  /** Its address. */
  const url: string;
  export default url;
}
