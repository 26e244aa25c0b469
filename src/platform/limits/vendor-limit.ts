/** A limit that a vendor sets: what code, sandbox and docs/limits.md have to agree on. */
export interface VendorLimit {
  /** What is limited, to follow the vendor's name. */
  readonly what: string
  readonly unit:
    | 'bytes'
    | 'characters'
    | 'seconds'
    | 'times'
    | 'tags'
    | 'entries'
    | 'logs'
    | 'conditions'
    | 'versions'
    | 'URL pattern'
  readonly least?: number
  /** The largest value that the vendor takes; a URL pattern is a text. */
  readonly most: number | string
  /** What the vendor takes where nothing is given. */
  readonly byDefault?: number
  /** URL of the page that says so. */
  readonly source: string
  /** The page's own date, or the day on which it was read. */
  readonly date: `${number}-${number}-${number}`
  readonly note?: string
}

export type VendorLimits = Readonly<Record<string, VendorLimit>>
