import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import type { DriftedResource, DriftProgress } from '../../../src/providers/drift.ts'
import { propertiesAt } from '../../../src/providers/drift.ts'
import { checkedResources } from '../../../src/providers/openstack/heat/checked-resources.ts'
import type { HeatResource } from '../../../src/providers/openstack/heat/response-schemas.ts'
import { CloudError } from '../../../src/providers/provider.ts'
import { driftBeforeUpdate, type UpdatedService } from '../../../src/providers/session/drift-before-update.ts'
import { driftInWords } from '../../../src/providers/session/drift-in-words.ts'
import type { DriftAnswer } from '../../../src/providers/session/stack-service.ts'
import { FakeClock } from '../../fake-clock.ts'

/** What an Update makes of the answers to its questions for drift. */

const EXISTING = { stack: { id: 'id', name: 'name' }, before: {} }
const WORKING: DriftAnswer = { outcome: 'working', status: 'DETECTING', detection: { id: 'one' } }

function world(onDrift: 'report' | 'refuse' | undefined, answer: () => DriftAnswer) {
  const clock = new FakeClock(0)
  const secrets = new Secrets()
  secrets.add('planted-secret')
  const lines: string[] = []
  const service: UpdatedService<object> = {
    ...(onDrift === undefined ? {} : { onDrift }),
    request: { kind: 'update' },
    surroundings: {
      clock,
      secrets,
      log: createLogger({ level: 'trace', secrets, destination: { write: (line) => void lines.push(line) } }),
    },
    detectDrift: () => Promise.resolve(answer()),
  }
  const ask = (progress?: DriftProgress, detectUntil?: number) =>
    driftBeforeUpdate(service, EXISTING, progress, detectUntil)
  return { ask, clock, lines, service }
}

const detected = (drifted: readonly DriftedResource[], isWhole = true): DriftAnswer => ({
  outcome: 'detected',
  drifted,
  isWhole,
  notes: isWhole ? [] : ['Not all was checked.'],
})
const one = (resource: string): DriftedResource => ({ drift: 'deleted', resource, type: 'T' })

describe('what has drifted', () => {
  it('contains no part of a secret, wherever its text is truncated', () => {
    const secrets = new Secrets()
    const secret = `planted-${'0123456789'.repeat(60)}`
    secrets.add(secret)
    const mask = (text: string): string => secrets.mask(text)
    for (let padding = 0; padding < 500; padding += 20) {
      const quoted = `${'x'.repeat(padding)} ${secret}`
      expect(driftInWords([one(quoted)], mask)).not.toContain('plan')
      const unhealthy: HeatResource = {
        resource_name: 'one',
        resource_type: 'T',
        resource_status: 'CHECK_FAILED',
        resource_status_reason: quoted,
        links: [],
      }
      expect(checkedResources([unhealthy], 'id', mask).notes.join(' ')).not.toContain('plan')
    }
  })
})

describe('the drift before an Update', () => {
  it('is not looked for unless the properties ask, nor in a Create, nor twice', async () => {
    const fail = (): DriftAnswer => {
      throw new Error('asked')
    }
    expect(await world(undefined, fail).ask()).toBeUndefined()
    const { service, ask } = world('refuse', fail)
    expect(
      await driftBeforeUpdate({ ...service, request: { kind: 'create' } }, EXISTING, undefined),
    ).toBeUndefined()
    expect(await ask({ at: 'known', report: { status: 'IN_SYNC', resources: [] } })).toBeUndefined()
  })

  it('is waited for as long as a detection may take, and then decides nothing in favour of the Update', async () => {
    for (const [onDrift, end] of [
      ['report', { outcome: 'drift-known', drift: { report: { status: 'UNKNOWN', resources: [] } } }],
      ['refuse', { outcome: 'refused', reason: expect.stringContaining('DETECTING after 20 minutes') }],
    ] as const) {
      const { ask, clock } = world(onDrift, () => WORKING)
      const first = await ask()
      expect(first).toMatchObject({
        outcome: 'planning',
        drift: { at: 'detecting', since: 0, detection: { id: 'one' } },
      })
      const progress = first?.outcome === 'planning' ? first.drift : undefined
      await clock.advance(19 * 60_000)
      expect(await ask(progress)).toMatchObject({ outcome: 'planning', drift: { since: 0 } })
      await clock.advance(60_000)
      expect(await ask(progress)).toMatchObject(end)
    }
  })

  it('leaves time for the Update if the detection does not end or cannot be started', async () => {
    for (const answer of [
      () => WORKING,
      (): DriftAnswer => {
        throw new CloudError('throttled', 'slow down')
      },
    ]) {
      const report = world('report', answer)
      await report.clock.advance(150_000)
      const detecting = { at: 'detecting', since: 0, detection: { id: 'one' } } as const
      expect(await report.ask(detecting, 150_000)).toMatchObject({ drift: { report: { status: 'UNKNOWN' } } })
      expect(report.lines.join('')).toMatch(/DETECTING after 3 minutes|slow down/)
      const refuse = world('refuse', answer)
      await refuse.clock.advance(30_000)
      expect(await refuse.ask(detecting, 30_000)).toMatchObject({
        outcome: 'refused',
        reason: expect.stringMatching(/DETECTING after 30 s|slow down/),
      })
    }
  })

  it('leaves an outage to be repeated, and takes a refusal for an answer', async () => {
    for (const kind of ['unavailable', 'throttled'] as const) {
      const { ask } = world('report', () => {
        throw new CloudError(kind, 'later')
      })
      await expect(ask()).rejects.toThrow('later')
    }
    for (const kind of ['denied', 'rejected'] as const) {
      const answer = () => {
        throw new CloudError(kind, 'no')
      }
      expect(await world('report', answer).ask()).toMatchObject({ drift: { report: { status: 'UNKNOWN' } } })
      expect(await world('refuse', answer).ask()).toMatchObject({ outcome: 'refused' })
    }
  })

  it('is unknown where not all was checked and nothing was found, and is drift where something was', async () => {
    expect(await world('refuse', () => detected([], false)).ask()).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('is not known: Not all was checked.'),
    })
    expect(await world('report', () => detected([], false)).ask()).toMatchObject({
      drift: { report: { status: 'UNKNOWN' } },
    })
    expect(await world('report', () => detected([one('A')], false)).ask()).toMatchObject({
      drift: { report: { status: 'DRIFTED', resources: ['A'] } },
    })
  })

  it('is limited and masked, for any names', async () => {
    const hostile = [one('planted-secret'), one('\u001b[31m\u202e'), one('x'.repeat(100_000))]
    const many = [...hostile, ...Array.from({ length: 1000 }, (_, index) => one(`Resource${String(index)}`))]
    const { ask, lines } = world('report', () => detected(many))
    const outcome = await ask()
    const report = outcome?.outcome === 'drift-known' ? outcome.drift.report : undefined
    expect(Buffer.byteLength(JSON.stringify(report?.resources))).toBeLessThanOrEqual(1000)
    expect(report?.resources.at(-1)).toMatch(/^and \d+ more$/)
    expect(lines.join('')).toContain('resources of the stack have drifted')
    expect(lines.join('').length).toBeLessThan(30_000)
    expect(JSON.stringify([outcome, lines])).not.toContain('planted-secret')
    const refused = await world('refuse', () => detected(many)).ask()
    expect(JSON.stringify(refused).length).toBeLessThan(30_000)
  })

  it('names the properties alone, and not what is inside them', () => {
    expect(propertiesAt(['/Tags/0/Value', '/Tags/1', '/Name', undefined, '', '/'])).toEqual(['Name', 'Tags'])
  })
})
