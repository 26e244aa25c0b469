import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { BEHAVIOURS } from './behaviour-names.ts'

/**
 * Prints a table of clouds and behaviours from the vitest JSON reports in its arguments. Exits with 1 if a cloud has no passed
 * test for a behaviour.
 */

const reportSchema = v.object({
  testResults: v.array(
    v.object({
      assertionResults: v.array(
        v.object({ ancestorTitles: v.array(v.string()), title: v.string(), status: v.string() }),
      ),
    }),
  ),
})

const gapsSchema = v.record(v.string(), v.record(v.string(), v.string()))

const results = new Map<string, Map<string, string>>()
for (const path of process.argv.slice(2)) {
  const report = v.parse(reportSchema, JSON.parse(readFileSync(path, 'utf8')))
  for (const { ancestorTitles, title, status } of report.testResults.flatMap(
    (file) => file.assertionResults,
  )) {
    const cloud = ancestorTitles.find((name) => name.startsWith('contract: '))?.slice('contract: '.length)
    if (cloud === undefined) continue
    const ofCloud = results.get(cloud) ?? new Map<string, string>()
    results.set(cloud, ofCloud.set(title, status))
  }
}

const gaps = v.parse(gapsSchema, JSON.parse(readFileSync(new URL('gaps.json', import.meta.url), 'utf8')))
const clouds = [...results.keys()].sort()
const width = Math.max(...BEHAVIOURS.map((name) => name.length))
const notes: string[] = []

console.log(`${'behaviour'.padEnd(width)}  ${clouds.map((_, index) => `[${String(index + 1)}]`).join('  ')}`)
for (const behaviour of BEHAVIOURS) {
  const cells = clouds.map((cloud) => {
    const gap = gaps[cloud]?.[behaviour]
    if (gap !== undefined) {
      notes.push(`${cloud}, ${behaviour}: ${gap}`)
      return 'gap'
    }
    const status = results.get(cloud)?.get(behaviour)
    if (status !== 'passed') process.exitCode = 1
    return status === 'passed' ? 'yes' : 'NO '
  })
  console.log(`${behaviour.padEnd(width)}  ${cells.join('  ')}`)
}
for (const [index, cloud] of clouds.entries()) console.log(`[${String(index + 1)}] ${cloud}`)
for (const note of notes) console.log(`gap: ${note}`)
