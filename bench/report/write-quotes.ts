import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import * as v from 'valibot'
import { quotedFiguresSchema, type QuotedFigures } from './quoted-figures.ts'
import { QUOTES, withQuotes } from './quotes.ts'

const fileOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const RESULTS = fileOf('bench/results.json')

/** The figures of the last run of `npm run bench`. */
export async function readFigures(): Promise<QuotedFigures> {
  return v.parse(quotedFiguresSchema, JSON.parse(await readFile(RESULTS, 'utf8')))
}

/** Writes the figures of a run; throws if one is missing. */
export async function writeFigures(figures: Partial<QuotedFigures>): Promise<void> {
  const text = JSON.stringify(v.parse(quotedFiguresSchema, figures), rounded)
  await writeFile(RESULTS, await format(text, { ...(await resolveConfig(RESULTS)), filepath: RESULTS }))
}

/** Four digits after the point: more than a page shows. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(4)) : value
}

/** The pages that quote figures, with those of the last run, by their paths. */
export async function quotingPages(): Promise<ReadonlyMap<string, string>> {
  const figures = await readFigures()
  const pages = await Promise.all(
    Object.keys(QUOTES).map(async (page): Promise<[string, string]> => {
      const file = fileOf(page)
      const text = withQuotes(page, await readFile(file, 'utf8'), figures)
      return [page, await format(text, { ...(await resolveConfig(file)), filepath: file })]
    }),
  )
  return new Map(pages)
}

export async function writeQuotes(): Promise<void> {
  for (const [page, text] of await quotingPages()) await writeFile(fileOf(page), text)
}
