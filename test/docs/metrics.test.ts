import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PrometheusMetrics } from '../../src/cli/serve/prometheus-metrics.ts'

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

it('the alert rules of docs/operations.md ask for series that a server has from its start', async () => {
  const [rules = ''] = /```yaml\ngroups:[^]*?```/.exec(textOf('docs/operations.md')) ?? []
  const named = [...rules.matchAll(/expr: (.*)/g)].flatMap(([, expr = '']) =>
    [...expr.matchAll(/stackbridge_\w+/g)].map(([name]) => name),
  )
  expect(named).toHaveLength(3)
  const none = () => 0
  const state = { unfinished: none, running: none, journalBytes: none, journalWriteFailures: none }
  const metrics = await new PrometheusMetrics(state, ['Heat']).text()
  expect(named.filter((name) => !metrics.includes(`\n${name}{`) && !metrics.includes(`\n${name} `))).toEqual(
    [],
  )
})
