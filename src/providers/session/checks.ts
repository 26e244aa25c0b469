import { CloudError, type Check, type Observation, type ForeignStackState } from '../provider.ts'
import { withRemedy } from './check-wording.ts'

/** What a resource that only reads needs: the stack can be seen, and its outputs can be read. */
export interface ReadingToCheck {
  /** The name or id that the properties give. */
  readonly name: string
  readState(): Promise<ForeignStackState | undefined>
  /** What a poll of the resource itself would show. */
  describe(): Promise<Observation>
}

/** Makes the calls that the resource itself makes, and no other: they all read. */
export async function* checkReading(reading: ReadingToCheck): AsyncGenerator<Check> {
  const { name } = reading
  const seen = await answered('stack', () => reading.readState())
  if ('check' in seen) {
    yield seen.check
    return
  }
  if (seen.value === undefined) {
    yield {
      name: 'stack',
      result: 'missing',
      detail: `there is no stack ${name}; check the name, the region and the account`,
    }
    return
  }
  yield { name: 'stack', result: 'ok', detail: `stack ${name} is there: ${seen.value.status}` }
  const read = await answered('outputs', () => reading.describe())
  yield 'check' in read ? read.check : outputsCheck(read.value, name)
}

function outputsCheck(observation: Observation, name: string): Check {
  const check = { name: 'outputs' }
  switch (observation.phase) {
    case 'succeeded': {
      const count = Object.keys(observation.outputs).length
      return { ...check, result: 'ok', detail: `${String(count)} can be read` }
    }
    case 'working':
      return {
        ...check,
        result: 'degraded',
        detail: `${observation.status}: the bridge waits for the end of the operation, since OnBusy is wait`,
      }
    case 'failed':
      return { ...check, result: 'missing', detail: observation.statusReason ?? observation.status }
    case 'gone':
      return { ...check, result: 'missing', detail: `stack ${name} was deleted meanwhile` }
  }
}

async function answered<T>(
  name: string,
  call: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly check: Check }> {
  try {
    return { value: await call() }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    return { check: { name, result: 'missing', detail: withRemedy(error, REMEDIES) } }
  }
}

const REMEDIES = {
  allow: 'allow the call; docs/read-and-retain.md names the rights of Mode read-only',
  reach: 'check the region, the endpoint and the way out of the network',
}
