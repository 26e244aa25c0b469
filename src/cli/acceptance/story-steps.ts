import type { JsonValue } from '../../platform/json.ts'
import { expectValue, refused, succeeded, type Stage, type Succeeded } from './stage.ts'

/** What the stack's output `Value` becomes, one after the other. */
export const FIRST = '第一个值 – first'
export const SECOND = '第二个值 – second'
export const THIRD = '第三个值 – third'

/** A stack of the stories, by the logical id of its resource and the part of its name that is its own. */
export interface StoryStack {
  readonly logicalId: string
  readonly part: string
}

/** Throws `StoryFailure` where the Create fails. */
export async function createStack(
  stage: Stage,
  { logicalId, part }: StoryStack,
  value: string,
): Promise<Succeeded> {
  const properties = stage.properties({ name: stage.name(part), value })
  return succeeded(await stage.resource(logicalId).create(properties))
}

/** Throws `StoryFailure` unless the Update gives the stack the value. */
export async function updateStack(
  stage: Stage,
  { logicalId, part }: StoryStack,
  value: string,
  more: Readonly<Record<string, JsonValue>> = {},
): Promise<Succeeded> {
  const properties = stage.properties({ name: stage.name(part), value }, more)
  const answer = succeeded(await stage.resource(logicalId).update(properties))
  expectValue(answer, value)
  return answer
}

/** Throws `StoryFailure` unless the Delete leaves no stack. */
export async function deleteStack(stage: Stage, { logicalId, part }: StoryStack): Promise<void> {
  succeeded(await stage.resource(logicalId).delete())
  refused(await stage.read(stage.name(part)), /There is no stack/)
}
