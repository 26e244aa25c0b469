import { readFile } from 'node:fs/promises'
import { UsageError } from '../usage-error.ts'

/** The bytes of a file, or of standard input for `-`. Throws `UsageError`. */
export async function readBytes(path: string, stdin: AsyncIterable<unknown>): Promise<Uint8Array> {
  if (path === '-') {
    const chunks: Uint8Array[] = []
    for await (const chunk of stdin) if (chunk instanceof Uint8Array) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  try {
    return await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new UsageError(`${path} ${problemOf(code)}; give the path of a file, or - for standard input`, {
      cause,
    })
  }
}

function problemOf(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist'
    case 'EISDIR':
      return 'is a folder'
    default:
      return `cannot be read (${code})`
  }
}
