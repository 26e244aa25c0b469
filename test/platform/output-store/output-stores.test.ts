import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/platform/clock.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { OutputStoreError, type StoreName } from '../../../src/platform/output-store/output-store.ts'
import { outputStoresOf } from '../../../src/platform/output-store/output-stores-of.ts'
import { OWNER_TAG } from '../../../src/platform/output-store/owned-entries.ts'
import {
  startSandboxSecrets,
  type SandboxSecrets,
} from '../../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { PLANTED, plantedIn } from '../../planted-secrets.ts'

const ROLE = {
  accessKeyId: PLANTED.accessKeyId,
  accessKeySecret: PLANTED.accessKeySecret,
  securityToken: PLANTED.sessionToken,
}
const OWNER = 'a'.repeat(24)
const OTHER = 'b'.repeat(24)
const DAY_MS = 24 * 60 * 60_000

let now: number
let denied: string[]
let betweenAttempts: () => void
let vendor: SandboxSecrets
const clock: Clock = {
  now: () => now,
  sleep() {
    betweenAttempts()
    return Promise.resolve()
  },
}
const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  denied = []
  betweenAttempts = () => undefined
  vendor = await startSandboxSecrets({ keys: [{ ...ROLE, accountId: '1234567890123456', denied }], clock })
})
afterEach(() => vendor.close())

function keepIn(
  store: StoreName,
  values: Readonly<Record<string, string>>,
  {
    owner = OWNER,
    url = vendor.url,
    unwanted = [],
    keepsOthers = false,
    signal = new AbortController().signal,
    ...settings
  }: {
    owner?: string
    url?: string
    unwanted?: readonly string[]
    keepsOthers?: boolean
    signal?: AbortSignal
    kmsInstanceId?: string
    kmsEncryptionKeyId?: string
  } = {},
): Promise<void> {
  const endpoints = { oosEndpoints: [url], kmsEndpoints: [url] }
  const reach = { network, clock, random: Math.random }
  const stores = outputStoresOf(
    { ...reach, settings: { ...endpoints, kmsInstanceId: '', kmsEncryptionKeyId: '', ...settings } },
    { credentials: ROLE, region: 'cn-hangzhou' },
  )
  return stores[store].keep({
    owner,
    desired: new Map(Object.entries(values)),
    unwanted,
    keepsOthers,
    signal,
  })
}

const writes = () => vendor.calls.filter((call) => /^(?:Create|Update|Put|Delete)/.test(call))

/** How each store reports that a name has no entry. */
const MISSING = { oos: 'EntityNotExists.Parameter', kms: 'Forbidden.ResourceNotFound' } as const

async function refusalOf(attempt: Promise<void>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OutputStoreError)
  return error instanceof Error ? error.message : ''
}

/** How a test reads and prepares the contents of a store. */
const PLACES = {
  oos: {
    kept: () => Object.fromEntries(vendor.parameters),
    tagsOf: (name: string) => vendor.tags.get(name),
    plant: (name: string, value: string, tags: Record<string, string>) => {
      vendor.parameters.set(name, value)
      vendor.tags.set(name, tags)
    },
    writing: ['GetSecretParameter', 'CreateSecretParameter', 'ListSecretParameters'],
    changing: ['UpdateSecretParameter', 'DeleteSecretParameter'],
    first: 'OOS GetSecretParameter',
    remove: 'DeleteSecretParameter',
    /** The longest value: each character takes three bytes, and nine in a URL. */
    longest: '值'.repeat(4096),
  },
  kms: {
    kept: () => Object.fromEntries([...vendor.secrets].map(([name, { data }]) => [name, data])),
    tagsOf: (name: string) => vendor.secrets.get(name)?.tags,
    plant: (name: string, value: string, tags: Record<string, string>) => {
      vendor.secrets.set(name, { data: value, tags })
    },
    writing: ['DescribeSecret', 'CreateSecret', 'ListSecrets'],
    changing: ['GetSecretValue', 'PutSecretValue', 'DeleteSecret'],
    first: 'KMS DescribeSecret',
    remove: 'DeleteSecret',
    longest: '值'.repeat(10_240),
  },
} as const

describe.each(['oos', 'kms'] as const)('entries in %s', (store) => {
  const { kept, tagsOf, plant, writing, changing, first, remove, longest } = PLACES[store]
  const [, create, list] = writing
  const keep = (values: Readonly<Record<string, string>>, owner = OWNER) => keepIn(store, values, { owner })

  it('are created with the mark of their owner', async () => {
    await keep({ 'p-Key': 'the value', 'p-Other': '&=+ 值' })
    expect(kept()).toEqual({ 'p-Key': 'the value', 'p-Other': '&=+ 值' })
    expect(tagsOf('p-Key')).toEqual({ [OWNER_TAG]: OWNER })
  })

  it('have the largest value that the vendor accepts', async () => {
    await keep({ 'p-Key': longest })
    expect(kept()).toEqual({ 'p-Key': longest })
    await keep({ 'p-Key': `x${longest.slice(1)}` })
    expect(kept()).toEqual({ 'p-Key': `x${longest.slice(1)}` })
  })

  it('are not written again if the same call is repeated', async () => {
    await keep({ 'p-Key': 'the value' })
    const before = writes().length
    await keep({ 'p-Key': 'the value' })
    expect(writes()).toHaveLength(before)
  })

  it('get new values and old ones again, and are removed if they are no longer desired', async () => {
    await keep({ 'p-Key': 'old', 'p-Gone': 'old' })
    await keep({ 'p-Key': 'new' })
    expect(kept()).toEqual({ 'p-Key': 'new' })
    await keep({ 'p-Key': 'old' })
    expect(kept()).toEqual({ 'p-Key': 'old' })
    await keep({})
    expect(kept()).toEqual({})
  })

  it.each([{}, { [OWNER_TAG]: OTHER }])('of others (%o) are neither changed nor removed', async (tags) => {
    plant('p-Key', 'theirs', tags)
    expect(await refusalOf(keep({ 'p-Key': 'the value' }))).toMatch(/p-Key belongs to .*: it is not changed/)
    await keep({})
    expect(kept()).toEqual({ 'p-Key': 'theirs' })
    expect(writes()).toEqual([])
  })

  it('of others that have the owner under another tag are not removed', async () => {
    plant('p-Key', 'theirs', { team: OWNER, [OWNER_TAG]: OTHER })
    await keep({})
    expect(kept()).toEqual({ 'p-Key': 'theirs' })
  })

  it('stay beside those of a request that may be late', async () => {
    await keep({ 'p-Key': 'later' })
    await keepIn(store, { 'p-Former': 'later' }, { keepsOthers: true })
    expect(kept()).toEqual({ 'p-Key': 'later', 'p-Former': 'later' })
  })

  it('are also removed by their names if the list does not show them yet', async () => {
    plant('p-Late', 'late', { [OWNER_TAG]: OWNER })
    plant('p-Theirs', 'theirs', { [OWNER_TAG]: OTHER })
    vendor.unlisted.add('p-Late')
    await keepIn(store, {}, { unwanted: ['p-Late', 'p-Theirs', 'p-Absent'] })
    expect(kept()).toEqual({ 'p-Theirs': 'theirs' })
  })

  it('are not written after the time is over', async () => {
    const over = new AbortController()
    vendor.faults.add('throttle', { action: create })
    betweenAttempts = () => {
      over.abort(new Error('too late'))
    }
    await expect(keepIn(store, { 'p-Key': 'the value' }, { signal: over.signal })).rejects.toThrow()
    expect(kept()).toEqual({})
    expect(writes()).toHaveLength(1)
  })

  it('are unavailable if the list is refused permanently or not answered', async () => {
    const reachOf = (attempt: Promise<void>) =>
      attempt.then(
        () => undefined,
        (error: unknown) => error instanceof OutputStoreError && error.isOutOfReach,
      )
    vendor.faults.add('throttle', { action: list, times: 3 })
    expect(await reachOf(keepIn(store, {}))).toBe(false)
    vendor.faults.add('reset-before', { action: list, times: 3 })
    expect(await reachOf(keepIn(store, {}))).toBe(true)
    denied.push(list)
    expect(await reachOf(keepIn(store, {}))).toBe(true)
  })

  it('are removed one page after the other', async () => {
    for (let number = 0; number < 101; number += 1)
      plant(`p-${String(number)}`, 'old', { [OWNER_TAG]: OWNER })
    await keep({})
    expect(kept()).toEqual({})
  })

  it('that are removed concurrently are not a failure', async () => {
    await keep({ 'p-Key': 'the value' })
    // The call is applied, and sent again.
    vendor.faults.add('reset-after', { action: remove })
    await keep({})
    expect(kept()).toEqual({})
    expect(writes().slice(-2)).toEqual([`${remove} p-Key`, `${remove} p-Key`])
  })

  it.each(['throttle', 'internal-error', 'reset-before', 'reset-after', 'garbage'] as const)(
    'are written despite a call with %s',
    async (kind) => {
      for (const action of writing) vendor.faults.add(kind, { action })
      await keep({ 'p-Key': 'the value' })
      expect(kept()).toEqual({ 'p-Key': 'the value' })
      for (const action of changing) vendor.faults.add(kind, { action })
      await keep({ 'p-Key': 'another' })
      expect(kept()).toEqual({ 'p-Key': 'another' })
      await keep({})
      expect(kept()).toEqual({})
    },
  )

  it('that cannot be written are named, without a value or a key', async () => {
    vendor.faults.add('throttle', { times: 100 })
    const said = await refusalOf(keep({ 'p-Key': PLANTED.noEchoValue }))
    expect(said).toMatch(new RegExp(`^p-Key: ${first} answered HTTP 4(?:00|29): Rejected\\.Throttling`))
    expect(plantedIn(said)).toEqual([])
  })

  it('that the vendor refuses are named without a part of the value, wherever the vendor’s message is truncated', async () => {
    const value = `planted-${'0123456789'.repeat(40)}`
    const spellings = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]
    let padding = 0
    const quoting = await listen(
      createServer((request, response) =>
        request.resume().on('end', () => {
          const isRead = /^(?:Get|Describe)/.test(String(request.headers['x-acs-action']))
          const Code = isRead ? MISSING[store] : 'InvalidParameter'
          const Message = spellings.map((spelling) => `${'x'.repeat(padding)} ${spelling}`).join(' ')
          response.writeHead(400).end(JSON.stringify({ Code, Message }))
        }),
      ),
    )
    try {
      for (padding = 0; padding < 300; padding += 19) {
        const said = await refusalOf(keepIn(store, { 'p-Key': value }, { url: quoting.url }))
        expect(said).toContain('InvalidParameter')
        expect(said).not.toMatch(/plan|cGxhbn/)
      }
    } finally {
      await quoting.close()
    }
  })

  it('of others are not read', async () => {
    plant('p-Key', PLANTED.noEchoValue, { [OWNER_TAG]: OTHER })
    expect(plantedIn(await refusalOf(keep({ 'p-Key': 'the value' })))).toEqual([])
    if (store === 'kms') expect(vendor.calls).not.toContain('GetSecretValue p-Key')
  })

  it('are created by the calls of this store only', async () => {
    await keep({ 'p-Key': 'the value' })
    await keep({})
    const others = PLACES[store === 'oos' ? 'kms' : 'oos']
    const made = vendor.calls.map((call) => call.split(' ')[0] ?? '')
    expect([...others.writing, ...others.changing].filter((action) => made.includes(action))).toEqual([])
  })
})

describe('secrets of KMS', () => {
  it('are in the instance and use the key of the settings', async () => {
    await keepIn(
      'kms',
      { 'p-Key': 'v' },
      { kmsInstanceId: 'kst-bjj62d8f5e0sgtx8h', kmsEncryptionKeyId: 'key-gzz63ff0db5hg3qje' },
    )
    expect(vendor.secrets.get('p-Key')).toMatchObject({
      instanceId: 'kst-bjj62d8f5e0sgtx8h',
      encryptionKeyId: 'key-gzz63ff0db5hg3qje',
    })
    await keepIn('kms', { 'p-Other': 'v' })
    expect(vendor.secrets.get('p-Other')).not.toHaveProperty('instanceId')
  })

  it('that are scheduled for deletion are named with the time and a remedy', async () => {
    await keepIn('kms', { 'p-Key': 'the value' })
    const secret = vendor.secrets.get('p-Key')
    vendor.secrets.set('p-Key', { data: 'the value', ...secret, plannedDeleteAt: now + 30 * DAY_MS })
    expect(await refusalOf(keepIn('kms', { 'p-Key': 'another' }))).toBe(
      'the secret p-Key is scheduled for deletion at 2026-01-31T00:00:00Z, and its name is taken until then: restore it, or delete it at once',
    )
    expect(vendor.secrets.get('p-Key')?.data).toBe('the value')
    // A Delete has nothing left to do for it.
    await keepIn('kms', {})
    now += 30 * DAY_MS
    await keepIn('kms', { 'p-Key': 'another' })
    expect(vendor.secrets.get('p-Key')?.data).toBe('another')
  })

  it('that are scheduled for deletion while they are created are named, too', async () => {
    // Created by an attempt whose answer is lost, and scheduled before the next attempt.
    vendor.faults.add('reset-after', { action: 'CreateSecret' })
    betweenAttempts = () => vendor.secrets.set('p-Key', { data: 'the value', plannedDeleteAt: now + DAY_MS })
    expect(await refusalOf(keepIn('kms', { 'p-Key': 'the value' }))).toContain(
      'p-Key is scheduled for deletion',
    )
  })

  it('reveal nothing of their value by the number of a version', async () => {
    await keepIn('kms', { 'p-One': 'same', 'p-Two': 'same' })
    const [one, two] = ['p-One', 'p-Two'].map((name) => vendor.secrets.get(name)?.versionId ?? '')
    expect(one).toMatch(/^[\da-z-]{16,64}$/)
    expect(two).not.toBe(one)
  })

  it('that are denied are named with the message of KMS', async () => {
    denied.push('CreateSecret')
    expect(await refusalOf(keepIn('kms', { 'p-Key': 'v' }))).toMatch(
      /^p-Key: KMS CreateSecret answered HTTP 403: Forbidden\.NoPermission/,
    )
  })

  it('of a binary type, created by hand with the tag, get a text', async () => {
    vendor.secrets.set('p-Key', { data: 'v', type: 'binary', tags: { [OWNER_TAG]: OWNER } })
    await keepIn('kms', { 'p-Key': 'v' })
    expect(vendor.secrets.get('p-Key')).toMatchObject({ data: 'v', type: 'text' })
  })
})
