import { asText } from '../../../platform/json.ts'
import type { Observation } from '../facts.ts'
import { expectValue, refused, ScenarioNotRun, succeeded, type ScenarioContext } from '../scenario-context.ts'
import {
  createStack,
  deleteStack,
  FIRST,
  SECOND,
  THIRD,
  updateStack,
  type ScenarioStack,
} from '../scenario-steps.ts'
import type { Scenario } from '../scenario.ts'
import type { SettingsReading } from './deployed-settings.ts'
import type { ResourceHistory } from './resource-history.ts'

/** With the ids around it, an answer with this output has more than 4,096 bytes. A parameter of AWS can have no more. */
const LARGE = 'x'.repeat(4096)
const LARGEST_ANSWER = 8192

const STACK: ScenarioStack = { logicalId: 'Ros', part: 'ros' }

const ours = (context: ScenarioContext) => context.resource(STACK.logicalId)
const name = (context: ScenarioContext) => context.name(STACK.part)

/** What ROS and a deployed bridge do together. `saw` takes what the scenarios see of facts that no document settles. */
export function deployedScenarios(
  history: ResourceHistory,
  settings: () => Promise<SettingsReading>,
  saw: (observation: Observation) => void,
): readonly Scenario[] {
  return [
    create(settings, saw),
    update,
    failedUpdate(history, saw),
    deleted,
    failedCreate(history, saw),
    largeAnswer(settings, saw),
  ]
}

function create(settings: () => Promise<SettingsReading>, saw: (observation: Observation) => void): Scenario {
  return {
    id: 'deployed-create',
    title: 'ROS creates a stack through the deployed function and gets its outputs, Chinese text included',
    needs: [],
    async run(context) {
      const answer = await createStack(context, STACK, FIRST)
      const { Value = null, Ref = null } = answer.data
      saw({ fact: 'ref', seen: `it gave ${asText(Ref)}` })
      saw({
        fact: 'chinese-text',
        seen: Value === FIRST ? 'it came unchanged' : `${FIRST} came as ${asText(Value)}`,
      })
      expectValue(answer, FIRST)
      const reading = await settings()
      if (reading.read && reading.settings.responseUrlOrder.join() === 'intranet')
        saw({ fact: 'intranet-url', seen: 'yes: the function is set to use no other, and ROS was answered' })
      return undefined
    },
  }
}

const update: Scenario = {
  id: 'deployed-update',
  title: 'ROS updates the stack through the deployed function',
  needs: ['deployed-create'],
  async run(context) {
    await updateStack(context, STACK, SECOND)
    return undefined
  },
}

function failedUpdate(history: ResourceHistory, saw: (observation: Observation) => void): Scenario {
  return {
    id: 'deployed-failed-update',
    title: 'an Update that fails is FAILED with the cause in ROS, and the former outputs stand after it',
    needs: ['deployed-update'],
    async run(context) {
      const failing = context.properties({ name: name(context), value: THIRD, fails: true })
      const reason = refused(await ours(context).update(failing), context.subject.cause)
      const after = statusesAfter('UPDATE_FAILED', await history(context.event(STACK.logicalId, failing)))
      saw(observationOf('reverse-update', 'UPDATE_FAILED', after))
      await updateStack(context, STACK, SECOND)
      return reason
    },
  }
}

const deleted: Scenario = {
  id: 'deployed-delete',
  title: 'ROS deletes the stack through the deployed function',
  needs: ['deployed-create'],
  async run(context) {
    await deleteStack(context, STACK)
    return undefined
  },
}

function failedCreate(history: ResourceHistory, saw: (observation: Observation) => void): Scenario {
  return {
    id: 'deployed-failed-create',
    title: 'a Create that fails after it was handed over is FAILED with the cause in ROS',
    needs: [],
    async run(context) {
      const stack: ScenarioStack = { logicalId: 'RosFailing', part: 'ros-failing' }
      const failing = context.properties({ name: context.name(stack.part), value: FIRST, fails: true })
      const reason = refused(await context.resource(stack.logicalId).create(failing), context.subject.cause)
      const after = statusesAfter('CREATE_FAILED', await history(context.event(stack.logicalId, failing)))
      saw(observationOf('delete-after-failed-create', 'CREATE_FAILED', after))
      await deleteStack(context, stack)
      return reason
    },
  }
}

/** An answer that is larger than ROS documents, where the function is set to give one. */
function largeAnswer(
  settings: () => Promise<SettingsReading>,
  saw: (observation: Observation) => void,
): Scenario {
  const fact = 'response-limit'
  const notRun = (why: string): ScenarioNotRun => {
    saw({ fact, seen: null, why })
    return new ScenarioNotRun(why)
  }
  return {
    id: 'deployed-large-answer',
    title: 'ROS takes an answer of more than 4,096 bytes',
    needs: ['deployed-create'],
    async run(context) {
      const reading = await settings()
      if (!reading.read) throw notRun(reading.why)
      const { responseLimitBytes } = reading.settings
      if (responseLimitBytes < LARGEST_ANSWER)
        throw notRun(
          `the function answers with at most ${String(responseLimitBytes)} bytes; set STACKBRIDGE_RESPONSE_LIMIT_BYTES to ${String(LARGEST_ANSWER)} to see it`,
        )
      const large = context.resource('RosLarge')
      const answer = await large.create(context.properties({ name: context.name('ros-large'), value: LARGE }))
      const isTaken = answer.ok && answer.data['Value'] === LARGE
      saw({ fact, seen: isTaken ? 'yes' : `no: ${answer.ok ? 'the output was left out' : answer.reason}` })
      succeeded(answer)
      succeeded(await large.delete())
      return undefined
    },
  }
}

/** The statuses that followed the first one of that name; `undefined` if there is none. */
function statusesAfter(
  status: string,
  statuses: readonly string[] | undefined,
): readonly string[] | undefined {
  const at = statuses?.indexOf(status) ?? -1
  return at < 0 ? undefined : statuses?.slice(at + 1)
}

function observationOf(fact: string, status: string, after: readonly string[] | undefined): Observation {
  if (after === undefined)
    return { fact, seen: null, why: `ROS's events show no ${status} of the custom resource` }
  return {
    fact,
    seen: after.length === 0 ? `nothing followed ${status}` : `after ${status} came ${after.join(', ')}`,
  }
}
