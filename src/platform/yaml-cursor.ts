/** A position in a text of YAML whose line breaks are line feeds. */
export class YamlCursor {
  protected readonly text: string
  protected at = 0
  readonly #lineStarts: number[] = [0]

  constructor(text: string) {
    this.text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1)
  }

  isFirstOnLine(at: number): boolean {
    let before = at - 1
    while (this.text[before] === ' ' || this.text[before] === '\t') before -= 1
    return before < 0 || this.text[before] === '\n'
  }

  /** The number of characters before the position on its line. */
  column(): number {
    let [low, high] = [0, this.#lineStarts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#lineStarts[middle] ?? 0) <= this.at) low = middle
      else high = middle - 1
    }
    return this.at - (this.#lineStarts[low] ?? 0)
  }

  lineEnd(): number {
    const end = this.text.indexOf('\n', this.at)
    return end === -1 ? this.text.length : end
  }

  skipLine(): void {
    this.at = Math.min(this.lineEnd() + 1, this.text.length)
  }

  skipBlankLines(): void {
    while (/[ \t\n]/.test(this.text[this.at] ?? 'x')) this.at += 1
  }

  /** White space and comments; whether a line ended. */
  skipBlank(): boolean {
    let hadBreak = false
    for (;;) {
      const character = this.text[this.at]
      if (character === '\n') hadBreak = true
      else if (character === '#' && /[ \t\n]/.test(this.text[this.at - 1] ?? '\n')) {
        this.at = this.lineEnd()
        continue
      } else if (character === undefined || !/[ \t\n]/.test(character)) return hadBreak
      this.at += 1
    }
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.at += found.length
    return found
  }

  isEntry(): boolean {
    return this.text[this.at] === '-' && /[ \t\n]/.test(this.text[this.at + 1] ?? '\n')
  }

  isDocumentMark(): boolean {
    return this.column() === 0 && /^(?:---|\.\.\.)(?=[ \t\n]|$)/.test(this.text.slice(this.at, this.at + 4))
  }

  isExplicitKey(): boolean {
    return this.text[this.at] === '?' && /[ \t\n]/.test(this.text[this.at + 1] ?? '\n')
  }
}
