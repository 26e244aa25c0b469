import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/platform/clock.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { OWNER_TAG } from '../../../src/platform/output-store/oos-parameters.ts'
import { outputStoreOf } from '../../../src/platform/output-store/output-store-of.ts'
import { OutputStoreError } from '../../../src/platform/output-store/output-store.ts'
import {
  startSandboxSecrets,
  type SandboxSecrets,
} from '../../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { PLANTED, plantedIn } from '../../planted-secrets.ts'

const ROLE = {
  accessKeyId: PLANTED.accessKeyId,
  accessKeySecret: PLANTED.accessKeySecret,
  securityToken: PLANTED.sessionToken,
}
const OWNER = 'a'.repeat(24)
const OTHER = 'b'.repeat(24)

let vendor: SandboxSecrets
const clock: Clock = { now: () => Date.UTC(2026, 0, 1), sleep: () => Promise.resolve() }
const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })

beforeEach(async () => {
  vendor = await startSandboxSecrets({ keys: [{ ...ROLE, accountId: '1234567890123456' }], clock })
})
afterEach(() => vendor.close())

function keep(values: Readonly<Record<string, string>>, owner = OWNER): Promise<void> {
  const reach = { settings: { oosEndpoints: [vendor.url] }, network, clock, random: Math.random }
  const store = outputStoreOf(reach, { credentials: ROLE, region: 'cn-hangzhou' })
  return store.keep(owner, new Map(Object.entries(values)))
}

const kept = () => Object.fromEntries(vendor.parameters)
const writes = () => vendor.calls.filter((call) => /^(?:Create|Update|Delete)/.test(call))

async function refusalOf(attempt: Promise<void>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OutputStoreError)
  return error instanceof Error ? error.message : ''
}

describe('encrypted parameters of OOS', () => {
  it('are made with the mark of their owner', async () => {
    await keep({ 'p-Key': 'the value', 'p-Other': '&=+ 值' })
    expect(kept()).toEqual({ 'p-Key': 'the value', 'p-Other': '&=+ 值' })
    expect(vendor.tags.get('p-Key')).toEqual({ [OWNER_TAG]: OWNER })
  })

  it('are not written again where the same call comes again', async () => {
    await keep({ 'p-Key': 'the value' })
    const before = writes().length
    await keep({ 'p-Key': 'the value' })
    expect(writes()).toHaveLength(before)
  })

  it('get new values, and those that are not wanted any more are removed', async () => {
    await keep({ 'p-Key': 'old', 'p-Gone': 'old' })
    await keep({ 'p-Key': 'new' })
    expect(kept()).toEqual({ 'p-Key': 'new' })
    await keep({})
    expect(kept()).toEqual({})
  })

  it.each([{}, { [OWNER_TAG]: OTHER }])('of others (%o) are neither changed nor removed', async (tags) => {
    vendor.parameters.set('p-Key', 'theirs')
    vendor.tags.set('p-Key', tags)
    expect(await refusalOf(keep({ 'p-Key': 'the value' }))).toMatch(/p-Key belongs to .*: it is not changed/)
    await keep({})
    expect(kept()).toEqual({ 'p-Key': 'theirs' })
  })

  it('are removed one page after the other', async () => {
    for (let number = 0; number < 101; number += 1) {
      vendor.parameters.set(`p-${String(number)}`, 'old')
      vendor.tags.set(`p-${String(number)}`, { [OWNER_TAG]: OWNER })
    }
    await keep({})
    expect(kept()).toEqual({})
  })

  it.each(['throttle', 'internal-error', 'reset-before', 'reset-after', 'garbage'] as const)(
    'are written in spite of a call that meets %s',
    async (kind) => {
      for (const action of ['GetSecretParameter', 'CreateSecretParameter', 'ListSecretParameters'])
        vendor.faults.add(kind, { action })
      await keep({ 'p-Key': 'the value' })
      expect(kept()).toEqual({ 'p-Key': 'the value' })
      for (const action of ['UpdateSecretParameter', 'DeleteSecretParameter'])
        vendor.faults.add(kind, { action })
      await keep({ 'p-Key': 'another' })
      await keep({})
      expect(kept()).toEqual({})
    },
  )

  it('that cannot be written are named, without a value or a key', async () => {
    vendor.faults.add('throttle', { times: 100 })
    const said = await refusalOf(keep({ 'p-Key': PLANTED.noEchoValue }))
    expect(said).toMatch(/^p-Key: OOS GetSecretParameter answered HTTP 400: Rejected\.Throttling/)
    expect(plantedIn(said)).toEqual([])
  })
})
