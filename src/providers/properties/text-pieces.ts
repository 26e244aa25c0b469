/**
 * Every part of a text that may be a value: a line, what follows a colon or an equals sign up to the end of the line, what
 * stands in quotes, and what stands between punctuation marks. For texts that the bridge cannot read, although a cloud may be
 * able to: any part may be a hidden value.
 */
export function piecesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim())
  const values = lines.flatMap((line) => [after(line, ':'), after(line, '=')])
  return [
    ...new Set([...lines, ...values, ...quotedPiecesOf(text), ...text.split(/[\s:,=(){}[\]"'#&*!|>]+/)]),
  ]
}

/** The parts of a text that stand in quotes on one line, with and without the escapes in them. */
export function quotedPiecesOf(text: string): string[] {
  const pieces = [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"?|'([^'\n]*)'?/g)].map(
    ([, double, single]) => double ?? single ?? '',
  )
  return [...new Set([...pieces, ...pieces.map((piece) => piece.replaceAll(/\\(.)/g, '$1'))])]
}

function after(line: string, sign: string): string {
  return line.slice(line.indexOf(sign) + 1).trim()
}
