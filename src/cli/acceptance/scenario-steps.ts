import type { JsonValue } from '../../platform/json.ts'
import { expectValue, refused, succeeded, type ScenarioContext, type Succeeded } from './scenario-context.ts'

/** What the stack's output `Value` becomes, one after the other. */
export const FIRST = '第一个值 – first'
export const SECOND = '第二个值 – second'
export const THIRD = '第三个值 – third'

/** A stack of the scenarios, by the logical id of its resource and the part of its name that is its own. */
export interface ScenarioStack {
  readonly logicalId: string
  readonly part: string
}

/** Throws `ScenarioFailure` where the Create fails. */
export async function createStack(
  context: ScenarioContext,
  { logicalId, part }: ScenarioStack,
  value: string,
): Promise<Succeeded> {
  const properties = context.properties({ name: context.name(part), value })
  return succeeded(await context.resource(logicalId).create(properties))
}

/** Throws `ScenarioFailure` unless the Update gives the stack the value. */
export async function updateStack(
  context: ScenarioContext,
  { logicalId, part }: ScenarioStack,
  value: string,
  more: Readonly<Record<string, JsonValue>> = {},
): Promise<Succeeded> {
  const properties = context.properties({ name: context.name(part), value }, more)
  const answer = succeeded(await context.resource(logicalId).update(properties))
  expectValue(answer, value)
  return answer
}

/** Throws `ScenarioFailure` unless the Delete leaves no stack. */
export async function deleteStack(
  context: ScenarioContext,
  { logicalId, part }: ScenarioStack,
): Promise<void> {
  succeeded(await context.resource(logicalId).delete())
  refused(await context.read(context.name(part)), /There is no stack/)
}
