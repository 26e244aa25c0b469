import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { isJsonObject, type JsonValue } from '../../src/platform/json.ts'
import { FIXTURE_KEY } from './hop-by-hop.ts'
import { closeForm1, openForm1 } from './sealed-form-1.ts'

export interface Recorded {
  readonly label: string
  readonly scenario: string
  readonly payload: Uint8Array
}

export interface RecordedProvider {
  readonly provider: string
  /** The answers to ROS by scenario, in order. */
  readonly statuses: ReadonlyMap<string, readonly string[]>
  readonly continuations: readonly Recorded[]
}

const line = v.union([
  v.strictObject({ scenario: v.string(), statuses: v.array(v.string()) }),
  v.strictObject({ label: v.string(), scenario: v.string(), payload: v.string() }),
])

/** What an earlier version wrote, from a folder that `record.ts` created. */
export function readFixtures(folder: string): readonly RecordedProvider[] {
  const continuations = join(folder, 'continuations')
  return readdirSync(continuations).map((name) => {
    const lines = readFileSync(join(continuations, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => v.parse(line, JSON.parse(text)))
    return {
      provider: name.replace('.jsonl', ''),
      statuses: new Map(lines.flatMap((one) => ('statuses' in one ? [[one.scenario, one.statuses]] : []))),
      continuations: lines.flatMap((one) =>
        'payload' in one ? [{ ...one, payload: Buffer.from(one.payload) }] : [],
      ),
    }
  })
}

/** The recorded continuation with the addresses and ids of the running embedded cloud. */
export function transplanted(recorded: Uint8Array, present: Uint8Array): Uint8Array {
  const content = openForm1(recorded, FIXTURE_KEY)
  const pairs = differences(content, openForm1(present, FIXTURE_KEY))
  return closeForm1(present, replaced(JSON.stringify(content), pairs), FIXTURE_KEY)
}

/** The recorded continuation with the addresses of the running embedded cloud. */
export function readdressed(recorded: Uint8Array, cloudUrl: string, rosUrl: string): Uint8Array {
  const content = JSON.stringify(openForm1(recorded, FIXTURE_KEY))
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+(?=\/answer)/g, 'http://ros.invalid')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, cloudUrl)
    .replaceAll('http://ros.invalid', rosUrl)
  return closeForm1(recorded, content, FIXTURE_KEY)
}

/** Pairs of the strings at the same position of two values. */
function differences(one: JsonValue | undefined, other: JsonValue | undefined): [string, string][] {
  if (typeof one === 'string' && typeof other === 'string')
    return one === other || one.length < SHORTEST_ID ? [] : [[one, other]]
  if (Array.isArray(one) && Array.isArray(other))
    return one.flatMap((item, index) => differences(item, other[index]))
  if (isJsonObject(one) && isJsonObject(other))
    return Object.keys(one).flatMap((name) => differences(one[name], other[name]))
  return []
}

/** A shorter string may be a common word, so it is not replaced. */
const SHORTEST_ID = 8

function replaced(text: string, pairs: readonly [string, string][]): string {
  const inJson = (value: string) => JSON.stringify(value).slice(1, -1)
  return [...pairs]
    .sort(([one], [other]) => other.length - one.length)
    .reduce((whole, [from, to]) => whole.replaceAll(inJson(from), inJson(to)), text)
}
