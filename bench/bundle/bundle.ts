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

/** One line of the history: what the bundle weighed when it last changed. */
interface Entry extends BundleSizes {
  readonly date: string
}

/**
 * The bundle by chunk and by dependency; adds it to `history.json` where it weighs something else than the latest entry
 * there. Its sizes are the same on every machine.
 */
export async function measureBundle(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'))
  try {
    const sizes = await bundleSizes(join(folder, 'function'), await bundleFunction(folder))
    const history = await keep(sizes)
    return {
      title: 'Bundle',
      paragraphs: [
        'Minified bytes, which are the same on every machine; a test holds the entries and the zip to `bench/bundle/budget.json`, and `bench/bundle/history.json` has what the bundle has weighed over time.',
      ],
      aims: [aimOf(sizes)],
      tables: [
        {
          caption: 'Each entry with all that is loaded at its start',
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

async function keep(sizes: BundleSizes): Promise<readonly Entry[]> {
  const history = JSON.parse(await readFile(HISTORY, 'utf8')) as readonly Entry[]
  const latest = history.at(-1)
  if (latest?.zip === sizes.zip) return history
  const date = new Date().toISOString().slice(0, 10)
  // One entry a day is enough to see where weight has come from.
  const longer = [...history.filter((entry) => entry.date !== date), { date, ...sizes }]
  const text = await format(JSON.stringify(longer), { ...(await resolveConfig(HISTORY)), parser: 'json' })
  await writeFile(HISTORY, text)
  return longer
}

function aimOf(sizes: BundleSizes): Aim {
  const all = { ...sizes.entries, 'stackbridge.zip': sizes.zip }
  const over = Object.entries(all).filter(([name, bytes]) => bytes > (budgetOf(name) ?? Infinity))
  return {
    aim: 'every entry and the zip are within their budgets',
    measured: over.length === 0 ? 'they are' : over.map(([name]) => name).join(', '),
    met: over.length === 0,
  }
}

function thousands(bytes: number): string {
  return Number.isFinite(bytes) ? bytes.toLocaleString('en-US') : ''
}
