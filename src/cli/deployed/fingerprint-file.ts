import { readFile, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { parseJson, writeJson } from '../../platform/json.ts'
import { pathProblem } from '../../platform/path-problem.ts'
import { UsageError } from '../usage-error.ts'
import type { KeyIdentity } from './key-identity.ts'

/** By the ARN of the function. It holds no secret, and may be kept in a repository. */
const schema = v.record(
  v.string(),
  v.object({ place: v.optional(v.string()), fingerprints: v.optional(v.array(v.string())) }),
)

/** The key that a file says a function was deployed with; `undefined` if it names none. Throws `UsageError`. */
export async function readFingerprint(path: string, serviceToken: string): Promise<KeyIdentity | undefined> {
  const { place, fingerprints } = (await readAll(path))[serviceToken] ?? {}
  if (place === undefined && fingerprints === undefined) return undefined
  return {
    ...(place === undefined ? {} : { place }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  }
}

/** Writes the key that a function was deployed with, and leaves those of other functions. Throws `UsageError`. */
export async function writeFingerprint(path: string, serviceToken: string, key: KeyIdentity): Promise<void> {
  const all = { ...(await readAll(path)), [serviceToken]: key }
  try {
    await writeFile(path, `${writeJson(all)}\n`)
  } catch (cause) {
    throw new UsageError(`${path} cannot be written (${pathProblem(cause)}); give the path of a file`, {
      cause,
    })
  }
}

async function readAll(path: string): Promise<v.InferOutput<typeof schema>> {
  const bytes = await bytesOf(path)
  if (bytes === undefined) return {}
  const parsed = parseJson(bytes)
  const read = v.safeParse(schema, parsed.ok ? parsed.value : undefined)
  if (read.success) return read.output
  throw new UsageError(`${path} holds no fingerprints; restore it, or give the path of a new file`)
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new UsageError(`${path} cannot be read (${pathProblem(cause)}); give the path of a file`, { cause })
  }
}
