import { expect, it } from 'vitest'
import type { ProviderName } from './clouds.ts'
import { Comparison } from './compare.ts'
import { runHistories, type Choice } from './histories.ts'
import { knownViolations } from './known-violations.ts'
import { limits } from './limits.ts'

const choice: Choice = process.env['CHAOS_HISTORIES'] === 'all' ? 'all' : 'sample'
const HOURS_MS = 6 * 3_600_000

/** Runs the histories of one provider, and compares the violations with the known ones. */
export function exploreProvider(provider: ProviderName): void {
  it(
    `${provider} keeps the promise in every scenario, with any single fault at one effect`,
    async () => {
      const comparison = new Comparison([...knownViolations, ...limits])
      const started = performance.now()
      for await (const history of runHistories(provider, choice, (name) => comparison.isNamed(name)))
        comparison.add(history)
      for (const violation of comparison.gone) console.log(`no longer violated: ${violation}`)
      for (const violation of comparison.unknown) console.log(`new violation: ${violation}`)
      const each = (performance.now() - started) / comparison.count
      console.log(
        `explored: ${provider}: ${String(comparison.count)} histories (${choice}), ${each.toFixed(0)} ms each, ` +
          `${String(comparison.knownCount)} known violations, ${String(comparison.unknown.length)} new`,
      )
      expect(comparison.unknown.join('\n'), 'new violations').toBe('')
      expect(
        comparison.gone.join('\n'),
        'no longer violated: remove from known-violations.ts or limits.ts',
      ).toBe('')
    },
    HOURS_MS,
  )
}
