import type { QuotedFigures } from './quoted-figures.ts'

/** The result of one part of the benchmark. */
export interface Section {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly aims: readonly Aim[]
  readonly tables: readonly Table[]
  /** SVG by file name. */
  readonly plots: Readonly<Record<string, string>>
  /** The figures that other pages quote. */
  readonly quoted?: Partial<QuotedFigures>
}

export interface Aim {
  readonly aim: string
  readonly measured: string
  readonly met: boolean
  /** Why the target is not met. */
  readonly why?: string
}

export interface Table {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
