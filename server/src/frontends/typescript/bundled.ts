/** What bundlers leave in their output, and nobody writes by hand. */
const RUNTIME_MARKERS = ["__webpack_require__", "__webpack_modules__", "webpackBootstrap", "var __commonJS = ", "var __commonJSMin = ", "parcelRequire", "// src/"];

/** Lines longer than this are not written to be read. */
const LONG_LINE = 400;

/**
 * Whether a file is minified or the output of a bundler: more than half of its text stands in very long lines, or it holds
 * a bundler's runtime. A short file of one long line of data is neither.
 */
export function isBundled(text: string, lineStarts: readonly number[]): boolean {
  if (text.length < 2000) return false;
  let long = 0;
  for (let i = 0; i < lineStarts.length; i++) {
    const length = (lineStarts[i + 1] ?? text.length) - lineStarts[i]!;
    if (length > LONG_LINE) long += length;
  }
  return long * 2 > text.length || RUNTIME_MARKERS.some((marker) => (marker.startsWith("//") ? isEsbuildModule(text, marker) : text.includes(marker)));
}

/** esbuild heads each module it joins with its path. */
function isEsbuildModule(text: string, marker: string): boolean {
  return text.includes("var __defProp = Object.defineProperty;") && text.includes(`\n${marker}`);
}
