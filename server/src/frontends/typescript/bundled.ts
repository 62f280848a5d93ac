/** What bundlers leave in their output, and nobody writes by hand. */
const RUNTIME_MARKERS = ["__webpack_require__", "__webpack_modules__", "webpackBootstrap", "var __commonJS = ", "var __commonJSMin = ", "parcelRequire"];

/** Lines longer than this are not written to be read. */
const LONG_LINE = 400;

/**
 * Whether a file is minified or the output of a bundler: more than half of its text stands in very long lines, or it holds
 * a bundler's runtime. A short file of one long line of data is neither.
 */
export function isBundled(text: string): boolean {
  if (text.length < 2000) return false;
  let long = 0;
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next + 1;
    if (end - start > LONG_LINE) long += end - start;
    start = end;
  }
  return long * 2 > text.length || isEsbuildOutput(text) || RUNTIME_MARKERS.some((marker) => text.includes(marker));
}

/** esbuild heads each module it joins with its path. */
function isEsbuildOutput(text: string): boolean {
  return text.includes("\n// src/") && text.includes("var __defProp = Object.defineProperty;");
}
