import { describe, expect, it } from 'vitest'
import { openWithReferences } from '../../src/bridge/referenced-environment.ts'
import { SecretSourceError, type SecretSource } from '../../src/platform/secret-source/secret-source.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import type { Opened } from '../../src/providers/provider.ts'
import { FakeClock } from '../fake-clock.ts'

const NONE: Opened = { ok: false, problems: [] }

/** A source that fails `failures` times; `asked` records its requests. */
function source(failures: number, isTransient = true) {
  const asked: string[][] = []
  const made: SecretSource = {
    variables: ['A', 'B', 'C'],
    read: (variables) => {
      asked.push([...variables])
      return asked.length <= failures
        ? Promise.reject(new SecretSourceError('KMS is away', { isTransient }))
        : Promise.resolve(new Map(variables.map((name) => [name, `the value of ${name}`])))
    },
  }
  return { made, asked }
}

describe('an environment with references', () => {
  it('is read for what opening needs, also if that depends on a first value', async () => {
    const { made, asked } = source(0)
    const seen: (string | undefined)[] = []
    const secrets = new Secrets()
    await openWithReferences(
      (environment) => {
        seen.push(environment['A'] === undefined ? environment['PLAIN'] : environment['B'])
        return NONE
      },
      { environment: { PLAIN: 'plain' }, secrets },
      made,
    )
    expect(asked).toEqual([['A'], ['B']])
    expect(seen).toEqual(['plain', undefined, 'the value of B'])
    expect(secrets.mask('the value of A')).toBe('[secret]')
  })

  it('is waited for while the source may recover, at most as long as the invocation allows', async () => {
    const open = ({ A }: Readonly<Record<string, string | undefined>>): Opened =>
      A === undefined ? NONE : { ok: false, problems: [{ path: '', problem: A }] }
    const clock = new FakeClock(0)
    const opening = (made: SecretSource) =>
      openWithReferences(open, { environment: {}, secrets: new Secrets() }, made, {
        clock,
        until: clock.now() + 20_000,
      })
    const passing = source(2)
    const opened = opening(passing.made)
    await clock.advance(12_000)
    expect(await opened).toMatchObject({ problems: [{ problem: 'the value of A' }] })
    const lasting = source(100)
    const refused = opening(lasting.made)
    await clock.advance(20_000)
    expect(await refused).toMatchObject({ problems: [{ problem: 'KMS is away', isOfEnvironment: true }] })
    expect(lasting.asked).toHaveLength(4)
    const final = source(100, false)
    await opening(final.made)
    expect(final.asked).toHaveLength(1)
  })
})
