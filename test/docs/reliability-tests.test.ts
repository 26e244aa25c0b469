import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutations } from '../chaos/mutants.ts'
import { mutations as providerMutations } from '../chaos/real-providers/mutants.ts'
import { scenarios as providerScenarios } from '../chaos/real-providers/scenarios.ts'
import { scenarios } from '../chaos/scenarios.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/reliability-tests.md'), 'utf8').replace(
  /\s+/g,
  ' ',
)
const PAIRED_SCENARIOS = 3
const WORDS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
]

function inWords(count: number): string {
  return WORDS[count - 10] ?? String(count)
}

describe('the page about the tests of reliability has correct counts:', () => {
  it.each([
    ['scenarios', `the ${inWords(Object.keys(scenarios).length - PAIRED_SCENARIOS)} other scenarios`],
    ['broken rules of the bridge', `it breaks ${inWords(mutations.length)} rules of the bridge`],
    ['scenarios of the providers', `the ${inWords(Object.keys(providerScenarios).length)} scenarios`],
    ['broken rules of the providers', `${inWords(providerMutations.length)} rules are broken`],
  ])('%s', (_, text) => {
    expect(page.toLowerCase()).toContain(text)
  })
})
