import type { IncomingMessage } from 'node:http'

/** The whole body of a request, in bytes. Its size has no limit: only this machine's own clients call the sandbox. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}
