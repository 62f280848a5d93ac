/** What bundlers leave in their output, and nobody writes by hand. */
const RUNTIME_MARKERS = [
  "function __webpack_require__(",
  "var __webpack_require__ = ",
  "var __webpack_modules__ = ",
  "var __commonJS = ",
  "var __commonJSMin = ",
  "var parcelRequire = ",
];

/** Lines longer than this are not written to be read. */
const LONG_LINE = 400;

/**
 * Whether a file is minified or the output of a bundler: more than half of its text stands in very long lines
 * of code, or it holds a bundler's runtime. A short file is neither, whatever it looks like.
 */
export function isBundled(text: string): boolean {
  if (text.length < 2000) return false;
  let long = 0;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next + 1;
    if (end - start > LONG_LINE && isDense(text.slice(start, end))) long += end - start;
    start = end;
  }
  return long * 2 > text.length || isEsbuildOutput(text) || RUNTIME_MARKERS.some((marker) => text.includes(marker));
}

/** Squeezed code is full of punctuation; prompts, icons and encoded data, which make long lines too, are not. */
function isDense(line: string): boolean {
  return (line.match(/[;(){}=]/g)?.length ?? 0) * 20 > line.length;
}

/** esbuild heads each module it joins with its path. */
function isEsbuildOutput(text: string): boolean {
  return text.includes("\n// src/") && text.includes("var __defProp = Object.defineProperty;");
}
