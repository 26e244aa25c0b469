import { gunzipSync, gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { seal, unseal } from '../../bridge/continuation/seal.ts'
import type { EpochMs } from '../../platform/clock.ts'
import { isJsonObject } from '../../platform/json.ts'
import type { Task } from './task.ts'

/** The largest payload of an entry after decompression: many times the size of an event or a continuation. */
export const LARGEST_PAYLOAD_BYTES = 64 * 1024 * 1024

/** Further fields are kept and authenticated, since a later version may add some. */
const put = v.looseObject({
  put: v.string(),
  arrivedAt: v.number(),
  dueAt: v.number(),
  startBy: v.exactOptional(v.number()),
  sealed: v.string(),
})
const end = v.object({ end: v.string() })
const begin = v.object({ begin: v.string(), starts: v.pipe(v.number(), v.integer(), v.minValue(0)) })
/** `givenUp` in the file means that the event has ended for good: it is never served again. */
const endForGood = v.object({ givenUp: v.string(), at: v.number() })
const check = v.object({ check: v.string() })

export type JournalLine =
  | { readonly is: 'put'; readonly key: string; readonly task: Task | undefined }
  | { readonly is: 'end'; readonly key: string }
  | { readonly is: 'begin'; readonly key: string; readonly starts: number }
  | { readonly is: 'end-for-good'; readonly key: string; readonly at: EpochMs }
  /** The first line of the journal: it distinguishes a wrong key from a damaged entry. */
  | { readonly is: 'check'; readonly opens: boolean }
  /** Written by a later version. */
  | { readonly is: 'unknown' }
  | { readonly is: 'damaged' }

/** Reads one line, without its line feed. `task` is undefined if none of `keys` decrypts it. */
export function readLine(text: string, keys: readonly string[]): JournalLine {
  const json = jsonOf(text)
  if (!isJsonObject(json)) return { is: 'damaged' }
  if (v.is(put, json)) return { is: 'put', key: json.put, task: taskIn(json, keys) }
  if (v.is(end, json)) return { is: 'end', key: json.end }
  if (v.is(begin, json)) return { is: 'begin', key: json.begin, starts: json.starts }
  if (v.is(endForGood, json)) return { is: 'end-for-good', key: json.givenUp, at: json.at }
  if (v.is(check, json)) return { is: 'check', opens: unseal(json.check, CHECK, keys) !== undefined }
  return KINDS.some((kind) => Object.hasOwn(json, kind)) ? { is: 'damaged' } : { is: 'unknown' }
}

const KINDS = ['put', 'end', 'begin', 'givenUp', 'check']
const CHECK = '{"check":"journal"}'

/**
 * The line that stores a task, with its line feed. The payload is compressed and sealed under `sealKey`; key and times
 * stay readable.
 */
export function putLine({ key, arrivedAt, dueAt, startBy, payload }: Task, sealKey: string): string {
  const open = { put: key, arrivedAt, dueAt, ...(startBy === undefined ? {} : { startBy }) }
  return lineOf({ ...open, sealed: seal(gzipSync(payload), JSON.stringify(open), sealKey) })
}

export const endLine = (key: string): string => lineOf({ end: key })
export const beginLine = (key: string, starts: number): string => lineOf({ begin: key, starts })
export const endPermanentlyLine = (key: string, at: EpochMs): string => lineOf({ givenUp: key, at })
export const checkLine = (sealKey: string): string => lineOf({ check: seal(Buffer.of(), CHECK, sealKey) })

function lineOf(fields: object): string {
  return `${JSON.stringify(fields)}\n`
}

function taskIn({ sealed, ...open }: v.InferOutput<typeof put>, keys: readonly string[]): Task | undefined {
  const plain = unseal(sealed, JSON.stringify(open), keys)
  if (plain === undefined) return undefined
  const payload = unpacked(plain)
  if (payload === undefined) return undefined
  const { put: key, arrivedAt, dueAt, startBy } = open
  return { key, arrivedAt, dueAt, ...(startBy === undefined ? {} : { startBy }), payload }
}

function unpacked(plain: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(plain, { maxOutputLength: LARGEST_PAYLOAD_BYTES })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // The payload is authentic, but too large or compressed in another way by another version.
    if (code === 'ERR_BUFFER_TOO_LARGE' || (typeof code === 'string' && code.startsWith('Z_')))
      return undefined
    throw error
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
