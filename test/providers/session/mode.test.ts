import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatReadOnlyId } from '../../../src/providers/identifiers/read-only-id.ts'
import type { OperationKind, StackRequest } from '../../../src/providers/provider.ts'
import { modeChange, onlyReads, retains } from '../../../src/providers/session/mode.ts'

const MANAGED_ID = 'arn:managed'
const READING_ID = formatReadOnlyId('Heat', '0123456789abcdef01234567')
const isManagedId = (id: string): boolean => id === MANAGED_ID

function request(
  kind: OperationKind,
  properties: StackRequest['properties'],
  physicalResourceId?: string,
): StackRequest {
  const owner = { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'R' }
  const id = physicalResourceId === undefined ? {} : { physicalResourceId }
  return { kind, owner, requestId: 'r', properties, fingerprint: 'f', ...id }
}

const kinds = fc.constantFrom<OperationKind>('create', 'update', 'delete')
const modes = fc.oneof(
  fc.constantFrom(undefined, null, '', 'managed', 'read-only', 'Read-Only', 'readonly', 5),
  fc.string(),
)
const withMode = (Mode: string | number | null | undefined): StackRequest['properties'] =>
  Mode === undefined ? {} : { Mode }

describe('a resource whose id is that of a read-only resource', () => {
  it('only reads, for any new properties', () => {
    fc.assert(
      fc.property(kinds, modes, (kind, mode) => {
        expect(onlyReads(request(kind, withMode(mode), READING_ID), isManagedId)).toBe(true)
      }),
    )
  })

  it('never counts as one that retains a stack: there is none', () => {
    expect(retains(request('delete', { OnDelete: 'retain' }, READING_ID), isManagedId)).toBe(false)
  })
})

describe('a Delete', () => {
  it('of a managed stack does not count as one of a read-only resource, for any Mode', () => {
    fc.assert(
      fc.property(modes, (mode) => {
        expect(onlyReads(request('delete', withMode(mode), MANAGED_ID), isManagedId)).toBe(false)
      }),
    )
  })

  it('without an id changes nothing if Mode is not managed, since such a Create cannot have created a stack', () => {
    fc.assert(
      fc.property(modes, (mode) => {
        const isManaged = mode === undefined || mode === null || mode === '' || mode === 'managed'
        expect(onlyReads(request('delete', withMode(mode)), isManagedId)).toBe(!isManaged)
      }),
    )
  })

  it('leaves a stack with OnDelete: retain only where ROS has its id, which a failed Create has not', () => {
    expect(retains(request('delete', { OnDelete: 'retain' }, MANAGED_ID), isManagedId)).toBe(true)
    expect(retains(request('delete', { OnDelete: 'retain' }), isManagedId)).toBe(false)
    expect(retains(request('delete', { OnDelete: 'retain' }, 'made up by ROS'), isManagedId)).toBe(false)
  })

  it.each(['delete', 'Retain', '', null, true])('deletes the stack with OnDelete: %o', (OnDelete) => {
    expect(retains(request('delete', { OnDelete }, MANAGED_ID), isManagedId)).toBe(false)
  })
})

describe('OnDelete: retain', () => {
  it.each(['create', 'update'] as const)('has no effect on a %s', (kind) => {
    expect(retains(request(kind, { OnDelete: 'retain' }, MANAGED_ID), isManagedId)).toBe(false)
  })
})

describe('an Update', () => {
  it.each([
    { id: MANAGED_ID, mode: 'read-only', words: /from managed to read-only.* first set OnDelete to retain/ },
    { id: READING_ID, mode: 'managed', words: /from read-only to managed.* OnExisting or TakeOverFrom/ },
    { id: READING_ID, mode: undefined, words: /from read-only to managed.* OnExisting or TakeOverFrom/ },
  ])('of $id with Mode $mode is refused, and the reason says how to switch', ({ id, mode, words }) => {
    expect(modeChange(request('update', withMode(mode), id))).toMatchObject({
      path: 'Mode',
      problem: expect.stringMatching(words),
    })
  })

  it('that keeps the mode is not a change, nor is a Create or a Delete', () => {
    const same = [
      request('update', {}, MANAGED_ID),
      request('update', { Mode: 'managed' }, MANAGED_ID),
      request('update', { Mode: 'read-only' }, READING_ID),
      request('create', { Mode: 'read-only' }),
      request('delete', { Mode: 'read-only' }, MANAGED_ID),
    ]
    expect(same.map(modeChange)).toEqual(same.map(() => undefined))
  })
})
