import { expectSameId, expectValue, refused, StoryFailure, succeeded, type Stage } from './stage.ts'
import {
  createStack,
  deleteStack,
  FIRST,
  SECOND,
  THIRD,
  updateStack,
  type StoryStack,
} from './story-steps.ts'
import type { Story } from './story.ts'

const STACK: StoryStack = { logicalId: 'Stack', part: 'stack' }

const ours = (stage: Stage) => stage.resource(STACK.logicalId)
const name = (stage: Stage) => stage.name(STACK.part)

const create: Story = {
  id: 'create',
  title: 'a Create makes a stack and answers with its outputs, Chinese text included',
  needs: [],
  async play(stage) {
    expectValue(await createStack(stage, STACK, FIRST), FIRST)
    return undefined
  },
}

const unchanged: Story = {
  id: 'unchanged-update',
  title: 'an Update without a change is SUCCESS',
  needs: ['create'],
  async play(stage) {
    await updateStack(stage, STACK, FIRST, { Revision: 2 })
    return undefined
  },
}

const update: Story = {
  id: 'update',
  title: 'an Update changes the stack, and its id stays',
  needs: ['create'],
  async play(stage) {
    const before = ours(stage).physicalResourceId
    const answer = await updateStack(stage, STACK, SECOND)
    if (answer.physicalResourceId !== before) throw new StoryFailure('the PhysicalResourceId changed')
    return undefined
  },
}

const failedUpdate: Story = {
  id: 'failed-update',
  title: 'an Update that fails is FAILED with the cause',
  needs: ['update'],
  play: async (stage) =>
    refused(
      await ours(stage).update(stage.properties({ name: name(stage), value: THIRD, fails: true })),
      stage.subject.cause,
    ),
}

const reverseUpdate: Story = {
  id: 'reverse-update',
  title: 'the Update that reverts it is SUCCESS',
  needs: ['failed-update'],
  async play(stage) {
    await updateStack(stage, STACK, SECOND)
    return undefined
  },
}

const readOnly: Story = {
  id: 'read-only',
  title: 'a read-only resource answers with the outputs, and its Delete leaves the stack',
  needs: ['create'],
  async play(stage) {
    const first = succeeded(await stage.read(name(stage)))
    const again = succeeded(await stage.read(name(stage)))
    expectValue(again, first.data['Value'] ?? null)
    return undefined
  },
}

const nameTaken: Story = {
  id: 'name-taken',
  title: "another owner's stack is neither adopted nor deleted",
  needs: ['create'],
  async play(stage) {
    const stranger = stage.resource('Stranger')
    const spec = { name: name(stage), value: THIRD }
    const reason = refused(
      await stranger.create(stage.properties(spec, { OnExisting: 'any' })),
      /exists already/,
    )
    succeeded(await stranger.delete())
    succeeded(await stage.read(name(stage)))
    return reason
  },
}

const adopted: Story = {
  id: 'adopted',
  title: 'a second Create of the same resource adopts its stack',
  needs: ['create'],
  async play(stage) {
    const before = ours(stage).physicalResourceId
    expectValue(await createStack(stage, STACK, THIRD), THIRD)
    expectSameId(ours(stage), before)
    return undefined
  },
}

const retain: Story = {
  id: 'retain',
  title: 'a Delete with OnDelete retain leaves the stack, and a Create takes it up again',
  needs: ['create'],
  async play(stage) {
    const before = ours(stage).physicalResourceId
    succeeded(await ours(stage).delete({ OnDelete: 'retain' }, true))
    succeeded(await stage.read(name(stage)))
    await createStack(stage, STACK, FIRST)
    expectSameId(ours(stage), before)
    return undefined
  },
}

const deleted: Story = {
  id: 'delete',
  title: 'a Delete removes the stack',
  needs: ['create'],
  async play(stage) {
    await deleteStack(stage, STACK)
    return undefined
  },
}

const deletedTwice: Story = {
  id: 'delete-twice',
  title: 'a Delete of a deleted stack is SUCCESS',
  needs: ['delete'],
  async play(stage) {
    succeeded(await ours(stage).delete())
    return undefined
  },
}

const failedCreate: Story = {
  id: 'failed-create',
  title: 'a Create that fails is FAILED with the cause, and a Delete without an id removes what is left',
  needs: [],
  async play(stage) {
    const stack: StoryStack = { logicalId: 'Failing', part: 'failing' }
    const failing = stage.properties({ name: stage.name(stack.part), value: FIRST, fails: true })
    const reason = refused(await stage.resource(stack.logicalId).create(failing), stage.subject.cause)
    await deleteStack(stage, stack)
    return reason
  },
}

const hiddenValue: Story = {
  id: 'hidden-value',
  title: 'the value of a hidden parameter (NoEcho) is not in the reason of a failure',
  // Else any refusal would do, also one for lack of rights.
  needs: ['create'],
  async play(stage) {
    const secret = stage.secret()
    const hidden = stage.resource('Hidden')
    const spec = { name: stage.name('hidden'), value: FIRST, secret }
    const reason = refused(await hidden.create(stage.properties(spec)))
    // The reason is not quoted: it would show the value.
    if (reason.includes(secret)) throw new StoryFailure('the reason quotes the value')
    succeeded(await hidden.delete())
    return reason.includes('[secret]')
      ? `the cloud quoted the value, and it was masked: ${reason}`
      : `the cloud did not quote the value: ${reason}`
  },
}

/** All that a provider is asked for, in the order in which they are played. */
export const STORIES: readonly Story[] = [
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
