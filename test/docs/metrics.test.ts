import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** The table of metrics in docs/operations.md has the metrics of the sources, each with its labels. */

const ROOT = join(import.meta.dirname, '../..')
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

it('docs/operations.md lists each metric of stackbridge serve with its labels, and no other', () => {
  const made = [
    ...textOf('src/cli/serve/prometheus-metrics.ts').matchAll(
      /new (?:Counter|Gauge|Histogram)\(\{([^]*?)registers:/g,
    ),
  ].map(([, options = '']) => ({
    name: /name: '(\w+)'/.exec(options)?.[1],
    labels: [...(/labelNames: \[([^\]]*)\]/.exec(options)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
      ([, one]) => one,
    ),
  }))
  const documented = textOf('docs/operations.md')
    .split('\n')
    .filter((line) => line.startsWith('| `stackbridge_'))
    .map((line) => line.split('|').map((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, one]) => one)))
    .map(([, name = [], labels = []]) => ({ name: name[0], labels }))
  expect(documented.length).toBeGreaterThan(5)
  expect(documented).toEqual(made)
})
