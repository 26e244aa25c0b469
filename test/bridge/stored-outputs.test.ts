import { describe, expect, it } from 'vitest'
import type { Host } from '../../src/bridge/host.ts'
import { addsStore, previousStoreOf } from '../../src/bridge/previous-store.ts'
import { failed, type Verdict } from '../../src/bridge/operation.ts'
import type { ReplyContext } from '../../src/bridge/reply-context.ts'
import { withStoredOutputs } from '../../src/bridge/stored-outputs.ts'
import {
  OutputStoreError,
  STORE_NAMES,
  type EntriesToKeep,
  type OutputStore,
  type StoreName,
} from '../../src/platform/output-store/output-store.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import type { BridgeProperties } from '../../src/providers/properties/bridge-properties.ts'
import { FakeClock } from '../fake-clock.ts'

const SUCCESS: Verdict = {
  status: 'SUCCESS',
  stack: { id: 'arn:1', name: 'one' },
  outputs: { Key: 'the secret value', Map: { a: 1 }, Open: 'open' },
  failedOutputs: {},
}

function world(
  bridge: BridgeProperties,
  {
    keep,
    previousStore,
    addsStore,
  }: {
    keep?: (keeping: EntriesToKeep & { readonly store: StoreName }) => Promise<void>
    previousStore?: StoreName
    addsStore?: boolean
  } = {},
) {
  const clock = new FakeClock()
  const secrets = new Secrets()
  const calls: {
    store: StoreName
    owner: string
    desired: Record<string, string>
    unwanted?: unknown
    keepsOthers?: boolean
  }[] = []
  const storeOf = (store: StoreName): OutputStore => ({
    async keep(keeping) {
      const { owner, desired, unwanted, keepsOthers = false } = keeping
      calls.push({
        ...{ store, owner, desired: Object.fromEntries(desired) },
        ...(unwanted === undefined ? {} : { unwanted }),
        ...(keepsOthers ? { keepsOthers } : {}),
      })
      await keep?.({ ...keeping, store })
    },
  })
  const outputStores = Object.fromEntries(STORE_NAMES.map((store) => [store, storeOf(store)]))
  const host = { clock, outputStores } as unknown as Host
  const replyTo = { responseUrls: {}, stackId: 'ros', requestId: 'r', logicalResourceId: 'A' }
  const logged: unknown[] = []
  const log = { info: (...line: unknown[]) => void logged.push(line) }
  const reply = { host, secrets, replyTo, bridge, previousStore, addsStore, log } as unknown as ReplyContext
  return { clock, secrets, calls, reply, logged }
}

const names = (...Names: string[]): BridgeProperties => ({ StoredOutputs: { Names } })
const END = 600_000
const reasonOf = (verdict: Verdict) => (verdict.status === 'FAILED' ? verdict.reason : 'no reason')

describe('StoredOutputs', () => {
  it('puts the names of the parameters into the answer, and masks the values', async () => {
    const { reply, calls, secrets } = world({ StoredOutputs: { Names: ['Key', 'Map'], Prefix: 'p' } })
    expect(await withStoredOutputs(SUCCESS, 'create', reply, END)).toEqual({
      ...SUCCESS,
      outputs: { Key: 'p-Key', Map: 'p-Map', Open: 'open' },
    })
    expect(calls.map(({ desired }) => desired)).toEqual([{ 'p-Key': 'the secret value', 'p-Map': '{"a":1}' }])
    expect(secrets.mask('it is the secret value')).toBe('it is [secret]')
  })

  it('uses names that are the same for each request of the resource, and different for other resources', async () => {
    const one = world(names('Key'))
    await withStoredOutputs(SUCCESS, 'create', one.reply, END)
    const again = world(names('Key'))
    await withStoredOutputs(SUCCESS, 'update', again.reply, END)
    const other = world(names('Key'))
    const replyTo = { ...other.reply.replyTo, logicalResourceId: 'B' }
    await withStoredOutputs(SUCCESS, 'create', { ...other.reply, replyTo }, END)
    expect(again.calls.map(({ owner, desired }) => [owner, desired])).toEqual(
      one.calls.map(({ owner, desired }) => [owner, desired]),
    )
    expect(Object.keys(one.calls[0]?.desired ?? {})[0]).toMatch(/^stackbridge-[0-9a-f]{24}-Key$/)
    expect(other.calls[0]?.owner).not.toBe(one.calls[0]?.owner)
  })

  it('stores nothing after a Delete, after a failure or without the property', async () => {
    const deleted = world(names('Key'))
    expect(await withStoredOutputs(SUCCESS, 'delete', deleted.reply, END)).toEqual(SUCCESS)
    expect(deleted.calls.map(({ desired }) => desired)).toEqual([{}, {}])
    const failure = world(names('Key'))
    expect(await withStoredOutputs(failed('no.'), 'create', failure.reply, END)).toEqual(failed('no.'))
    const without = world({})
    expect(await withStoredOutputs(SUCCESS, 'create', without.reply, END)).toBe(SUCCESS)
    expect([...failure.calls, ...without.calls]).toEqual([])
  })

  it('ignores a name that is not an output of the stack', async () => {
    const { reply, calls } = world(names('Absent', 'toString'))
    expect(await withStoredOutputs(SUCCESS, 'create', reply, END)).toEqual(SUCCESS)
    expect(calls.map(({ desired }) => desired)).toEqual([{}])
  })

  it('is FAILED with the name of an output that does not fit, before anything is stored', async () => {
    const outputs = { Key: 'x'.repeat(4097), Empty: '', Fits: 'x'.repeat(4096) }
    const { reply, calls } = world(names('Key', 'Empty', 'Fits'))
    const said = reasonOf(await withStoredOutputs({ ...SUCCESS, outputs }, 'create', reply, END))
    expect(said).toContain(
      'Key has 4097 characters; an encrypted parameter of OOS takes 4096, and a secret of KMS (Store: kms) takes 30720 bytes; Empty is empty',
    )
    expect(said).not.toContain('Fits')
    expect(calls).toEqual([])
  })

  it('is FAILED if the store refuses, has a defect, or does not exist', async () => {
    const refusing = world(names('Key'), {
      keep: () => Promise.reject(new OutputStoreError('p-Key: denied')),
    })
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'update', refusing.reply, END))).toBe(
      'The stack is updated, but its outputs could not be stored: p-Key: denied.',
    )
    const broken = world(names('Key'), {
      keep: () => Promise.reject(new TypeError('the secret value')),
    })
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'create', broken.reply, END))).toMatch(
      /\(TypeError\)\.$/,
    )
    const { reply } = world(names('Key'))
    const nowhere = { ...reply, host: { ...reply.host, outputStores: undefined } } as unknown as ReplyContext
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'create', nowhere, END))).toContain('there is no OOS')
  })

  it('leaves time for the answer if the store hangs', async () => {
    const { reply, clock } = world(names('Key'), { keep: () => new Promise(() => undefined) })
    const settled = withStoredOutputs(SUCCESS, 'create', reply, clock.now() + 20_000)
    await clock.advance(10_000)
    expect(reasonOf(await settled)).toContain('OOS took more than 10 s')
  })

  it('starts no call to the store after its time is over', async () => {
    const signals: AbortSignal[] = []
    const { reply, clock } = world(names('Key'), {
      keep: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
    })
    const settled = withStoredOutputs(SUCCESS, 'create', reply, clock.now() + 20_000)
    await clock.advance(9999)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
    await clock.advance(1)
    await settled
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('stores outputs in KMS if Store says so, and otherwise in OOS', async () => {
    const kms = world({ StoredOutputs: { Names: ['Key'], Prefix: 'p', Store: 'kms' } })
    expect(await withStoredOutputs(SUCCESS, 'create', kms.reply, END)).toMatchObject({
      outputs: { Key: 'p-Key' },
    })
    expect(kms.calls).toMatchObject([{ store: 'kms', desired: { 'p-Key': 'the secret value' } }])
    for (const given of [{}, { Store: 'oos' as const }]) {
      const { calls, reply } = world({ StoredOutputs: { Names: ['Key'], ...given } })
      await withStoredOutputs(SUCCESS, 'create', reply, END)
      expect(calls.map(({ store }) => store)).toEqual(['oos'])
    }
  })

  it('counts the bytes of what KMS must store', async () => {
    const outputs = { Key: `${'值'.repeat(10_240)}x`, Fits: '值'.repeat(10_240), Empty: '' }
    const bridge = { StoredOutputs: { Names: ['Key', 'Fits', 'Empty'], Store: 'kms' as const } }
    const { reply, calls } = world(bridge)
    expect(reasonOf(await withStoredOutputs({ ...SUCCESS, outputs }, 'create', reply, END))).toBe(
      'The stack is as it should be, but its outputs could not be stored: Key has 30721 bytes; a secret of KMS takes 30720; Empty is empty, which a secret of KMS cannot be.',
    )
    expect(calls).toEqual([])
  })

  it('suggests KMS for a value that is too large for OOS only if it fits there', async () => {
    const outputs = { Key: 'x'.repeat(30_721) }
    const { reply } = world(names('Key'))
    const said = reasonOf(await withStoredOutputs({ ...SUCCESS, outputs }, 'create', reply, END))
    expect(said).toContain('Key has 30721 characters; an encrypted parameter of OOS takes 4096.')
  })

  it('removes what an Update leaves in another store, after the new entries are written', async () => {
    const bridge = { StoredOutputs: { Names: ['Key'], Prefix: 'p', Store: 'kms' as const } }
    const { reply, calls } = world(bridge, { previousStore: 'oos' })
    expect((await withStoredOutputs(SUCCESS, 'update', reply, END)).status).toBe('SUCCESS')
    expect(calls.map(({ store, desired }) => [store, Object.keys(desired)])).toEqual([
      ['kms', ['p-Key']],
      ['oos', []],
    ])
    expect(new Set(calls.map(({ owner }) => owner)).size).toBe(1)
  })

  it('removes the stored outputs if the property was removed, and changes no output', async () => {
    const { reply, calls } = world({}, { previousStore: 'kms' })
    expect(await withStoredOutputs(SUCCESS, 'update', reply, END)).toEqual(SUCCESS)
    expect(calls).toMatchObject([{ store: 'kms', desired: {} }])
  })
})

describe('an event that may arrive after a later one', () => {
  const kms: BridgeProperties = { StoredOutputs: { Names: ['Key'], Prefix: 'p', Store: 'kms' } }

  it.each([
    ['a Create', 'create', SUCCESS],
    ['a repeated Update', 'update', { ...SUCCESS, isRepeated: true }],
  ] as const)(
    '%s removes nothing, since the entries may be those of the later one',
    async (_, kind, verdict) => {
      const { reply, calls } = world(kms, { previousStore: 'oos' })
      expect((await withStoredOutputs(verdict, kind, reply, END)).status).toBe('SUCCESS')
      expect(calls).toMatchObject([{ store: 'kms', keepsOthers: true }])
      expect(calls).toHaveLength(1)
    },
  )

  it('also removes nothing if it fails', async () => {
    const { reply, calls } = world(kms, {
      addsStore: true,
      keep: () => Promise.reject(new OutputStoreError('p-Key: denied')),
    })
    const said = reasonOf(await withStoredOutputs({ ...SUCCESS, isRepeated: true }, 'update', reply, END))
    expect(said).toContain('p-Key: denied')
    expect(calls).toHaveLength(1)
  })
})

describe('a Delete with StoredOutputs', () => {
  const bridge: BridgeProperties = { StoredOutputs: { Names: ['Key', 'Map'], Prefix: 'p', Store: 'oos' } }
  const removal = (store: StoreName) => ({ store, desired: {}, unwanted: ['p-Key', 'p-Map'] })

  it('removes what a failed Update may have left in the other store, and asks for each name', async () => {
    const { reply, calls } = world(bridge)
    expect(await withStoredOutputs(SUCCESS, 'delete', reply, END)).toEqual(SUCCESS)
    expect(calls).toMatchObject([removal('oos'), removal('kms')])
  })

  it('is FAILED if the other store can be reached and contains an entry that cannot be removed', async () => {
    const { reply } = world(bridge, {
      keep: ({ store }) =>
        store === 'oos' ? Promise.resolve() : Promise.reject(new OutputStoreError('p-Key: throttled')),
    })
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'delete', reply, END))).toContain('p-Key: throttled')
  })

  it('succeeds if the function cannot use the other store, and logs this', async () => {
    const refused = world(bridge, {
      keep: ({ store }) =>
        store === 'oos'
          ? Promise.resolve()
          : Promise.reject(new OutputStoreError('the list: denied', { isOutOfReach: true })),
    })
    expect(await withStoredOutputs(SUCCESS, 'delete', refused.reply, END)).toEqual(SUCCESS)
    expect(JSON.stringify(refused.logged)).toContain('the list: denied')
    const silent = world(bridge, {
      keep: ({ store }) => (store === 'oos' ? Promise.resolve() : new Promise(() => undefined)),
    })
    const settled = withStoredOutputs(SUCCESS, 'delete', silent.reply, silent.clock.now() + END)
    await silent.clock.advance(10_000)
    expect(await settled).toEqual(SUCCESS)
  })

  it('is FAILED if the function cannot use the store that it names', async () => {
    const { reply } = world(bridge, {
      keep: () => Promise.reject(new OutputStoreError('the list: denied', { isOutOfReach: true })),
    })
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'delete', reply, END))).toContain('the list: denied')
  })
})

describe('an Update that fails in a store that was not used before', () => {
  const failing = (previousStore?: StoreName) =>
    world(
      { StoredOutputs: { Names: ['Key'], Prefix: 'p', Store: 'kms' } },
      {
        addsStore: true,
        ...(previousStore === undefined ? {} : { previousStore }),
        keep: ({ desired }) =>
          desired.size === 0 ? Promise.resolve() : Promise.reject(new OutputStoreError('p-Key: denied')),
      },
    )

  it.each([undefined, 'oos'] as const)('removes what it has written there (before: %s)', async (left) => {
    const { reply, calls } = failing(left)
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'update', reply, END))).toMatch(/p-Key: denied\.$/)
    expect(calls.map(({ store, desired }) => [store, Object.keys(desired)])).toEqual([
      ['kms', ['p-Key']],
      ['kms', []],
    ])
  })

  it('says so if it cannot', async () => {
    const { reply } = world(names('Key'), {
      addsStore: true,
      keep: () => Promise.reject(new OutputStoreError('p-Key: denied')),
    })
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'update', reply, END))).toContain(
      'p-Key: denied; what it had stored is still there: p-Key: denied',
    )
  })

  it('does not change the new store if the old one may be empty', async () => {
    const { reply, calls } = world(
      { StoredOutputs: { Names: ['Key'], Store: 'kms' } },
      {
        ...{ addsStore: true, previousStore: 'oos' },
        keep: ({ store }) =>
          store === 'oos' ? Promise.reject(new OutputStoreError('denied')) : Promise.resolve(),
      },
    )
    expect(reasonOf(await withStoredOutputs(SUCCESS, 'update', reply, END))).toContain('denied')
    expect(calls.map(({ store }) => store)).toEqual(['kms', 'oos'])
  })
})

describe('the store that an Update no longer uses', () => {
  const oos = { StoredOutputs: { Names: ['Key'] } }
  const kms = { StoredOutputs: { Names: ['Key'], Store: 'kms' as const } }
  it.each([
    ['from OOS to KMS', oos, kms, 'oos'],
    ['from KMS to OOS', kms, oos, 'kms'],
    ['from KMS to no property', kms, {}, 'kms'],
    ['that stays in OOS', oos, oos, undefined],
    ['that stays in KMS', kms, kms, undefined],
    ['from no property', {}, kms, undefined],
    [
      'from a property that was refused',
      { StoredOutputs: { Names: ['Key'], Store: 'vault' } },
      kms,
      undefined,
    ],
    ['of a Create', undefined, kms, undefined],
  ])('is recognized %s', (_, before, now, left) => {
    expect(previousStoreOf(before, now)).toBe(left)
  })

  it('differs from the store that an Update adds', () => {
    expect(addsStore({}, oos)).toBe(true)
    expect(addsStore(oos, kms)).toBe(true)
    for (const [before, now] of [
      [oos, oos],
      [oos, {}],
      [undefined, oos],
    ] as const)
      expect(addsStore(before, now)).toBe(false)
  })
})
