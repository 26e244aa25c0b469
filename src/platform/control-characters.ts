/**
 * Characters that control a terminal: C0 and C1 control characters with DEL, line and paragraph separators, and the marks
 * that change the direction of writing, which can make one text look like another.
 * https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** The text with `replacement` in the place of each control character. */
export function replaceControls(text: string, replacement: string): string {
  return text.replaceAll(CONTROLS, replacement)
}

/** Escapes these characters, except line feeds, in lines of JSON. A JSON parser reads the same values from them. */
export function escapeControls(lines: string): string {
  return lines.replaceAll(CONTROLS, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
