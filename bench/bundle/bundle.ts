import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { bundleFunction } from '../../build/bundle.ts'
import type { Aim, Section } from '../report/section.ts'
import { budgetOf } from './budgets.ts'
import { bundleSizes, type BundleSizes } from './sizes.ts'

const HISTORY = fileURLToPath(new URL('history.json', import.meta.url))
const MOST_DEPENDENCIES = 14

/** One line of the history: the sizes of the bundle on a day when it changed. */
interface Entry extends BundleSizes {
  readonly date: string
}

/**
 * The sizes of the bundle by chunk and by dependency, which are the same on every machine. Adds an entry to `history.json`
 * if the zip has another size than in the latest entry.
 */
export async function measureBundle(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'))
  try {
    const sizes = await bundleSizes(join(folder, 'function'), await bundleFunction(folder))
    const history = await withHistory(sizes)
    return {
      title: 'Bundle',
      paragraphs: [
        'Minified bytes, which are the same on every machine. A test compares the entries and the zip with `bench/bundle/budget.json`. `bench/bundle/history.json` holds the earlier sizes.',
      ],
      aims: [aimOf(sizes)],
      tables: [
        {
          caption: 'Each entry with everything that it loads at its start',
          head: ['entry', 'bytes', 'budget'],
          rows: [...Object.entries(sizes.entries), ['stackbridge.zip', sizes.zip] as const].map(
            ([name, bytes]) => [name, thousands(bytes), thousands(budgetOf(name) ?? Infinity)],
          ),
        },
        {
          caption: 'By chunk',
          head: ['chunk', 'bytes', 'gzipped'],
          rows: Object.entries(sizes.chunks).map(([name, { bytes, gzipped }]) => [
            name,
            thousands(bytes),
            thousands(gzipped),
          ]),
        },
        {
          caption: `By dependency (the ${String(MOST_DEPENDENCIES)} largest)`,
          head: ['package', 'bytes'],
          rows: Object.entries(sizes.dependencies)
            .slice(0, MOST_DEPENDENCIES)
            .map(([name, bytes]) => [name, thousands(bytes)]),
        },
        {
          caption: 'Over time',
          head: ['date', 'zip', ...Object.keys(sizes.entries)],
          rows: history.map((entry) => [
            entry.date,
            thousands(entry.zip),
            ...Object.keys(sizes.entries).map((name) => thousands(entry.entries[name] ?? Number.NaN)),
          ]),
        },
      ],
      plots: {},
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function withHistory(sizes: BundleSizes): Promise<readonly Entry[]> {
  const history = JSON.parse(await readFile(HISTORY, 'utf8')) as readonly Entry[]
  const latest = history.at(-1)
  if (latest?.zip === sizes.zip) return history
  const date = new Date().toISOString().slice(0, 10)
  // One entry per day is enough to find the change that added bytes.
  const longer = [...history.filter((entry) => entry.date !== date), { date, ...sizes }]
  const text = await format(JSON.stringify(longer), { ...(await resolveConfig(HISTORY)), parser: 'json' })
  await writeFile(HISTORY, text)
  return longer
}

function aimOf(sizes: BundleSizes): Aim {
  const all = { ...sizes.entries, 'stackbridge.zip': sizes.zip }
  const over = Object.entries(all).filter(([name, bytes]) => bytes > (budgetOf(name) ?? Infinity))
  return {
    aim: 'entries and zip are within their budgets',
    measured: over.length === 0 ? 'all are' : over.map(([name]) => name).join(', '),
    met: over.length === 0,
  }
}

function thousands(bytes: number): string {
  return Number.isFinite(bytes) ? bytes.toLocaleString('en-US') : ''
}
