import { CAUSE, OUTPUTS, OWNER, STACK_NAME, OTHER_OWNER, type Heard, type History } from './history.ts'

/** Events for one resource, with the expected answers and the expected final state. */
export interface Scenario {
  readonly name: string
  /** Runs it; `check` compares each answer with the expected one. */
  run(history: History, check: Check): Promise<void>
}

export type Check = (
  request: string,
  heard: Heard | undefined,
  expected: { readonly status: 'SUCCESS' | 'FAILED'; readonly reason?: string; readonly id?: string },
) => void

const existing = (history: History) =>
  history.cloud.add({ name: STACK_NAME, owner: OWNER, outputs: OUTPUTS, status: 'CREATE_COMPLETE' })

async function deleteIt(history: History, check: Check, id?: string): Promise<void> {
  check('Delete', await history.send('Delete', id), { status: 'SUCCESS' })
}

const TAKES = { takes: 50_000 }
const failing = (status: string) => ({ ...TAKES, endsWith: { status, cause: CAUSE } })

export const scenarios = {
  create: {
    name: 'a Create',
    async run(history, check) {
      history.cloud.plans.create = TAKES
      const heard = await history.send('Create')
      const [stack] = history.ownStacks()
      check('Create', heard, { status: 'SUCCESS', ...(stack === undefined ? {} : { id: stack.id }) })
    },
  },
  update: {
    name: 'an Update',
    async run(history, check) {
      const { id } = existing(history)
      history.cloud.plans.update = TAKES
      check('Update', await history.send('Update', id), { status: 'SUCCESS', id })
    },
  },
  delete: {
    name: 'a Delete',
    async run(history, check) {
      const { id } = existing(history)
      history.cloud.plans.delete = TAKES
      await deleteIt(history, check, id)
    },
  },
  failingCreate: {
    name: 'a Create that fails, and the Delete without an id that follows',
    async run(history, check) {
      history.cloud.plans.create = failing('ROLLBACK_COMPLETE')
      check('Create', await history.send('Create'), { status: 'FAILED', reason: CAUSE })
      await deleteIt(history, check)
    },
  },
  waveringCreate: {
    name: 'a Create whose failure shows before it is rolled back',
    async run(history, check) {
      history.cloud.plans.create = { ...failing('ROLLBACK_COMPLETE'), rollsBackFor: 30_000 }
      check('Create', await history.send('Create'), { status: 'FAILED', reason: CAUSE })
    },
  },
  failingUpdate: {
    name: 'an Update that is rolled back',
    async run(history, check) {
      const { id } = existing(history)
      history.cloud.plans.update = failing('UPDATE_ROLLBACK_COMPLETE')
      check('Update', await history.send('Update', id), { status: 'FAILED', reason: CAUSE })
    },
  },
  recreate: {
    name: 'a new Create after a failed Create',
    async run(history, check) {
      history.cloud.plans.create = failing('ROLLBACK_COMPLETE')
      check('Create', await history.send('Create'), { status: 'FAILED', reason: CAUSE })
      history.cloud.plans.create = TAKES
      check('Create', await history.send('Create'), { status: 'SUCCESS' })
    },
  },
  nameOfAnotherOwner: {
    name: "a Create with the name of another owner's stack, and the Delete that follows",
    async run(history, check) {
      history.cloud.add({ name: STACK_NAME, owner: OTHER_OWNER })
      check('Create', await history.send('Create'), { status: 'FAILED', reason: 'exists already' })
      await deleteIt(history, check)
      if (!history.cloud.stacks.some(({ owner }) => owner === OTHER_OWNER))
        history.cloud.foreignChanges.push("the other owner's stack was deleted")
    },
  },
  stackOfAnotherOwner: {
    name: "an Update and a Delete of a stack that now has another owner's mark",
    async run(history, check) {
      const { id } = history.cloud.add({ name: STACK_NAME, owner: OTHER_OWNER })
      check('Update', await history.send('Update', id), { status: 'FAILED', reason: 'has the mark' })
      await deleteIt(history, check, id)
      if (!history.cloud.stacks.some(({ owner }) => owner === OTHER_OWNER))
        history.cloud.foreignChanges.push("the other owner's stack was deleted")
    },
  },
  outlasting: {
    name: "a Create that takes longer than ROS's Timeout, and the Delete that follows",
    async run(history, check) {
      history.cloud.plans.create = { takes: 2_000_000 }
      check('Create', await history.send('Create'), { status: 'FAILED', reason: 'Timed out' })
      await deleteIt(history, check)
    },
  },
  overtaken: {
    name: 'a Delete that arrives during an Update',
    async run(history, check) {
      const { id } = existing(history)
      history.cloud.plans.update = { takes: 150_000 }
      const updating = history.send('Update', id)
      await history.clock.sleep(45_000)
      await deleteIt(history, check, id)
      await updating
    },
  },
  tooLate: {
    name: 'an Update that arrives during a Delete',
    async run(history, check) {
      const { id } = existing(history)
      history.cloud.plans.delete = { takes: 100_000 }
      const deleting = deleteIt(history, check, id)
      await history.clock.sleep(30_000)
      // The order of the two depends on the faults, so only the final state is checked.
      await history.send('Update', id)
      await deleting
    },
  },
  midway: {
    name: 'a Create that is delivered again during its operation',
    async run(history, check) {
      history.cloud.plans.create = TAKES
      const creating = history.send('Create')
      await history.clock.sleep(33_000)
      history.deliverFirstAgain()
      const heard = await creating
      const [stack] = history.ownStacks()
      check('Create', heard, { status: 'SUCCESS', ...(stack === undefined ? {} : { id: stack.id }) })
    },
  },
  again: {
    name: 'a Create that is delivered again after its answer',
    async run(history, check) {
      history.cloud.plans.create = TAKES
      const heard = await history.send('Create')
      history.deliverFirstAgain()
      await history.settle()
      const [stack] = history.ownStacks()
      check('Create', heard, { status: 'SUCCESS', ...(stack === undefined ? {} : { id: stack.id }) })
    },
  },
  forbiddenCallback: {
    name: 'an event whose ResponseURL is the metadata address',
    async run(history) {
      history.cloud.plans.create = TAKES
      await history.send('Create', undefined, { responseUrl: 'http://169.254.169.254/latest' })
    },
  },
} as const satisfies Record<string, Scenario>
