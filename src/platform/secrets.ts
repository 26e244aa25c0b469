/** Values that must reach no log, reason or stored payload. One collection an event; masking is by value. */
export class Secrets {
  readonly #values = new Set<string>()

  /** Values shorter than four characters are not taken: masking them would shred every text. */
  add(value: string): void {
    if (value.length >= 4) this.#values.add(value)
  }

  /** `text` with every known secret, also in its JSON-escaped and URL-encoded forms, replaced by `[secret]`. */
  mask(text: string): string {
    let masked = text
    for (const value of this.#values) masked = masked.replaceAll(value, '[secret]')
    return masked
  }
}
