import { describe, expect, it } from 'vitest'
import { Journal, type JournalState } from '../../../src/cli/acceptance/journal.ts'
import { TrialResource } from '../../../src/cli/acceptance/trial-resource.ts'
import type { EventAnswer } from '../../../src/cli/local-stack/resource-steps.ts'

const EMPTY: JournalState = { version: 1, run: 'r1', rosStackId: 'id', sandbox: false, entries: {} }

/** A resource that gets these answers to its events. Records the order of writes and requests. */
function trial(...answers: readonly EventAnswer[]) {
  const order: string[] = []
  const folder = {
    read: () => Promise.resolve(EMPTY),
    write({ entries }: JournalState) {
      const noted = Object.entries(entries).map(
        ([key, { physicalResourceId = 'no id' }]) => `${key} ${physicalResourceId}`,
      )
      order.push(`journal: ${noted.join(', ')}`)
      return Promise.resolve()
    },
    forget: () => Promise.resolve(),
    release: () => Promise.resolve(),
  }
  const left = [...answers]
  const resource = new TrialResource(
    {
      journal: new Journal(folder, EMPTY),
      subject: 'aws',
      requestId: () => 'request',
      send({ requestType }) {
        order.push(requestType)
        return Promise.resolve(left.shift() ?? { ok: false, reason: 'no more answers' })
      },
    },
    'Stack',
    'Custom::AwsCloudFormationStack',
  )
  return { resource, order }
}

const made: EventAnswer = { ok: true, physicalResourceId: 'arn', data: {} }
const failed: EventAnswer = { ok: false, reason: 'no' }

describe('a resource of an acceptance run', () => {
  it('is in the journal before its Create is sent, and until its Delete has succeeded', async () => {
    const { resource, order } = trial(made, failed, made)
    await resource.create({})
    await resource.delete()
    await resource.delete()
    expect(order).toEqual([
      'journal: aws/Stack no id',
      'Create',
      'journal: aws/Stack arn',
      'Delete',
      'Delete',
      'journal: ',
    ])
  })

  it('stays in the journal after a failed Create, and after a Delete that leaves the stack', async () => {
    const { resource, order } = trial(failed, made)
    await resource.create({})
    await resource.delete({ OnDelete: 'retain' }, true)
    expect(order.at(-1)).toBe('Delete')
    expect(order.at(-2)).toBe('journal: aws/Stack no id')
  })
})
