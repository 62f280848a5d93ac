/**
 * Text of the workspace goes to a terminal only through here: control characters, escape sequences and characters that
 * reorder or hide text are spelled out, so that a file name or a comment can neither forge output nor drive the terminal.
 */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** Control and format characters, line and paragraph separators, lone surrogates. Joiners of emoji and scripts stay: U+200C, U+200D. */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
