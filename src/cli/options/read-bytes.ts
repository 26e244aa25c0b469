import { createReadStream } from 'node:fs'
import { pathProblem } from '../../platform/path-problem.ts'
import { UsageError } from '../usage-error.ts'
import { inputName } from './input-name.ts'

/** Bytes: many times what ROS and the clouds take. A device or a pipe may never end. */
const LARGEST_FILE = 10_000_000

/** The bytes of a file, or of standard input for `-`. Throws `UsageError`. */
export async function readBytes(path: string, stdin: AsyncIterable<unknown>): Promise<Uint8Array> {
  if (path === '-') return bytesOf(inputName(path), stdin)
  try {
    return await bytesOf(path, createReadStream(path))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${path} ${problemOf(cause)}; give the path of a file, or - for standard input`, {
      cause,
    })
  }
}

async function bytesOf(name: string, stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > LARGEST_FILE)
      throw new UsageError(`${name} has more than ${String(LARGEST_FILE)} bytes, which no cloud takes`)
  }
  return Buffer.concat(chunks)
}

function problemOf(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
      return 'does not exist'
    case 'EISDIR':
      return 'is a folder'
    default:
      return `cannot be read (${pathProblem(error)})`
  }
}
