import {
  expectSameId,
  expectValue,
  refused,
  ScenarioFailure,
  succeeded,
  type ScenarioContext,
} from './scenario-context.ts'
import {
  createStack,
  deleteStack,
  FIRST,
  SECOND,
  THIRD,
  updateStack,
  type ScenarioStack,
} from './scenario-steps.ts'
import type { Scenario } from './scenario.ts'

const STACK: ScenarioStack = { logicalId: 'Stack', part: 'stack' }

const ours = (context: ScenarioContext) => context.resource(STACK.logicalId)
const name = (context: ScenarioContext) => context.name(STACK.part)

const create: Scenario = {
  id: 'create',
  title: 'a Create makes a stack and answers with its outputs, Chinese text included',
  needs: [],
  async run(context) {
    expectValue(await createStack(context, STACK, FIRST), FIRST)
    return undefined
  },
}

const unchanged: Scenario = {
  id: 'unchanged-update',
  title: 'an Update without a change is SUCCESS',
  needs: ['create'],
  async run(context) {
    await updateStack(context, STACK, FIRST, { Revision: 2 })
    return undefined
  },
}

const update: Scenario = {
  id: 'update',
  title: 'an Update changes the stack, and its id stays',
  needs: ['create'],
  async run(context) {
    const before = ours(context).physicalResourceId
    const answer = await updateStack(context, STACK, SECOND)
    if (answer.physicalResourceId !== before) throw new ScenarioFailure('the PhysicalResourceId changed')
    return undefined
  },
}

const failedUpdate: Scenario = {
  id: 'failed-update',
  title: 'an Update that fails is FAILED with the cause',
  needs: ['update'],
  run: async (context) =>
    refused(
      await ours(context).update(context.properties({ name: name(context), value: THIRD, fails: true })),
      context.subject.cause,
    ),
}

const reverseUpdate: Scenario = {
  id: 'reverse-update',
  title: 'the Update that reverts it is SUCCESS',
  needs: ['failed-update'],
  async run(context) {
    await updateStack(context, STACK, SECOND)
    return undefined
  },
}

const readOnly: Scenario = {
  id: 'read-only',
  title: 'a read-only resource answers with the outputs, and its Delete leaves the stack',
  needs: ['create'],
  async run(context) {
    const first = succeeded(await context.read(name(context)))
    const again = succeeded(await context.read(name(context)))
    expectValue(again, first.data['Value'] ?? null)
    return undefined
  },
}

const nameTaken: Scenario = {
  id: 'name-taken',
  title: "another owner's stack is neither adopted nor deleted",
  needs: ['create'],
  async run(context) {
    const otherOwner = context.resource('OtherOwner')
    const spec = { name: name(context), value: THIRD }
    const reason = refused(
      await otherOwner.create(context.properties(spec, { OnExisting: 'any' })),
      /exists already/,
    )
    succeeded(await otherOwner.delete())
    succeeded(await context.read(name(context)))
    return reason
  },
}

const adopted: Scenario = {
  id: 'adopted',
  title: 'a second Create of the same resource adopts its stack',
  needs: ['create'],
  async run(context) {
    const before = ours(context).physicalResourceId
    expectValue(await createStack(context, STACK, THIRD), THIRD)
    expectSameId(ours(context), before)
    return undefined
  },
}

const retain: Scenario = {
  id: 'retain',
  title: 'a Delete with OnDelete retain leaves the stack, and a Create takes it up again',
  needs: ['create'],
  async run(context) {
    const before = ours(context).physicalResourceId
    succeeded(await ours(context).delete({ OnDelete: 'retain' }, true))
    succeeded(await context.read(name(context)))
    await createStack(context, STACK, FIRST)
    expectSameId(ours(context), before)
    return undefined
  },
}

const deleted: Scenario = {
  id: 'delete',
  title: 'a Delete removes the stack',
  needs: ['create'],
  async run(context) {
    await deleteStack(context, STACK)
    return undefined
  },
}

const deletedTwice: Scenario = {
  id: 'delete-twice',
  title: 'a Delete of a deleted stack is SUCCESS',
  needs: ['delete'],
  async run(context) {
    succeeded(await ours(context).delete())
    return undefined
  },
}

const failedCreate: Scenario = {
  id: 'failed-create',
  title: 'a Create that fails is FAILED with the cause, and a Delete without an id removes what is left',
  needs: [],
  async run(context) {
    const stack: ScenarioStack = { logicalId: 'Failing', part: 'failing' }
    const failing = context.properties({ name: context.name(stack.part), value: FIRST, fails: true })
    const reason = refused(await context.resource(stack.logicalId).create(failing), context.subject.cause)
    await deleteStack(context, stack)
    return reason
  },
}

const hiddenValue: Scenario = {
  id: 'hidden-value',
  title: 'the value of a hidden parameter (NoEcho) is not in the reason of a failure',
  // Otherwise any refusal would pass the scenario, also one for a missing right.
  needs: ['create'],
  async run(context) {
    const secret = context.secret()
    const hidden = context.resource('Hidden')
    const spec = { name: context.name('hidden'), value: FIRST, secret }
    const reason = refused(await hidden.create(context.properties(spec)))
    // The reason is not quoted: it would show the value.
    if (reason.includes(secret)) throw new ScenarioFailure('the reason quotes the value')
    succeeded(await hidden.delete())
    return reason.includes('[secret]')
      ? `the cloud quoted the value, and it was masked: ${reason}`
      : `the cloud did not quote the value: ${reason}`
  },
}

/** All that a provider is asked for, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [
  create,
  unchanged,
  update,
  failedUpdate,
  reverseUpdate,
  readOnly,
  nameTaken,
  adopted,
  retain,
  deleted,
  deletedTwice,
  failedCreate,
  hiddenValue,
]
