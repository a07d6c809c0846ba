declare module 'benz-amr-recorder/src/amrnb.js' {
  /** Sets the global object's handler of messages. */
  const defineAmr: () => void;
  export default defineAmr;
}
