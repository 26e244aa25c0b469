/**
 * What makes a terminal do something other than to show a character: C0 and C1 control characters with DEL, line and
 * paragraph separators, and the marks that change the direction of writing, by which a text can be shown as another.
 * https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

export function replaceControls(text: string, replacement: string): string {
  return text.replaceAll(CONTROLS, replacement)
}

/** Lines of JSON in which all of these but line feeds are escaped: a parser reads the same values. */
export function escapeControls(lines: string): string {
  return lines.replaceAll(CONTROLS, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
