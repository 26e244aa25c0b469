import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource, type Outcome } from '../../src/sandbox/ros/ros.ts'
import { startFcWorld } from './fc-world.ts'

export interface KillableCloud {
  readonly resourceType: string
  parameters(stackName: string): JsonObject
  /** How many stacks of this name were created in total, and how many exist now. */
  made(stackName: string): number | Promise<number>
  existing(stackName: string): number | Promise<number>
  close(): Promise<void>
}

interface KilledRun {
  readonly wrong: readonly string[]
  readonly kills: number
  /** Repeated equal answers: a process can be killed between ROS's reply and its own end. */
  readonly repeatedAnswers: number
}

/** The approximate duration of a Create or a Delete. */
const SPAN_MS = 1200

const AT_ONCE = 5

export interface KilledRuns {
  readonly wrong: readonly string[]
  readonly kills: number
  /** Runs in which ROS got the same answer twice. */
  readonly repeated: number
}

/** Makes this many runs, several at a time. */
export async function killAll(on: {
  readonly built: string
  readonly cloud: KillableCloud
  readonly runs: number
  readonly seed: number
}): Promise<KilledRuns> {
  const numbers = Array.from({ length: on.runs }, (_, index) => index)
  const results: KilledRun[] = []
  const work = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift())
      results.push(await runKilled(on.built, on.cloud, number, on.seed))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, () => work()))
  return {
    wrong: results.flatMap(({ wrong }) => wrong),
    kills: results.reduce((sum, { kills }) => sum + kills, 0),
    repeated: results.filter(({ repeatedAnswers }) => repeatedAnswers > 0).length,
  }
}

export function report(
  cloud: string,
  of: { readonly runs: number; readonly kills: number; readonly repeated: number; readonly seed: number },
): string {
  return (
    `killed: ${cloud}: ${String(of.runs)} runs, ${String(of.kills)} processes killed in the middle of a call, seed ${String(of.seed)}: ` +
    `every answer right, 0 orphans, 0 doubled stacks, ${String(of.repeated)} runs with an equal answer twice`
  )
}

/** Creates and deletes one resource, and kills the function's processes once during each operation. */
async function runKilled(
  built: string,
  cloud: KillableCloud,
  number: number,
  seed: number,
): Promise<KilledRun> {
  const name = `killed-${String(number)}`
  const world = await startFcWorld({ built, stackName: name })
  const resource = new SandboxResource(world.ros, {
    logicalResourceId: 'Killed',
    resourceType: cloud.resourceType,
    parameters: cloud.parameters(name),
    timeoutSeconds: 240,
  })
  const wrong: string[] = []
  let kills = 0
  let repeatedAnswers = 0
  const during = async (what: 'create' | 'delete'): Promise<Outcome> => {
    const at = moment(seed, number, what) * SPAN_MS
    const outcome = resource[what]()
    let isOver = false
    const ended = outcome.then(() => world.fc.idle()).then(() => (isOver = true))
    await delay(at)
    // Between two invocations there is no process to kill, so the next one is killed.
    while (!isOver) {
      const killed = world.kill()
      kills += killed
      if (killed > 0) break
      await delay(10 + 70 * moment(seed, number, `${what} ${String(kills)}`))
    }
    await ended
    return outcome
  }
  const check = (outcome: Outcome, output: string | undefined): void => {
    const { requestType, requestId, answer, violations } = outcome
    const say = (text: string): void => void wrong.push(`run ${String(number)}: ${requestType}: ${text}`)
    for (const violation of violations) say(violation)
    if (answer?.status !== 'SUCCESS') say(answer?.reason ?? 'no answer')
    else if (output !== undefined && answer.data['Value'] !== output) say('the outputs are wrong')
    const [first, ...others] = world.ros.answersTo(requestId)
    repeatedAnswers += others.length
    if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) say('answers that differ')
  }
  try {
    check(await during('create'), 'hello')
    if ((await cloud.existing(name)) !== 1)
      wrong.push(`run ${String(number)}: not one stack after the Create`)
    check(await during('delete'), undefined)
    if ((await cloud.existing(name)) !== 0) wrong.push(`run ${String(number)}: an orphan`)
    if ((await cloud.made(name)) !== 1) wrong.push(`run ${String(number)}: more than one stack was made`)
    return { wrong, kills, repeatedAnswers }
  } finally {
    await world.close()
  }
}

/** A number in [0, 1) that depends only on the seed and the run. */
function moment(seed: number, number: number, what: string): number {
  const digest = createHash('sha256')
    .update(`${String(seed)} ${String(number)} ${what}`)
    .digest()
  return digest.readUInt32BE(0) / 2 ** 32
}
