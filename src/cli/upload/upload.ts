import type { Network } from '../../platform/network.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { ObjectStore, StoredFile, StoreRequest } from './object-store.ts'

/** A file could not be put where it was to be. The message quotes no secret. */
export class UploadError extends Error {
  override readonly name = 'UploadError'
}

export interface UploadReach {
  readonly network: Network
  readonly secrets: Secrets
}

/**
 * Puts a file into a store, unless it is there: its name follows from its bytes, so nothing is overwritten by other bytes.
 * Gives whether it was there. Rejects with `UploadError`, or with the `UsageError` of missing credentials.
 */
export async function upload(
  store: ObjectStore,
  file: StoredFile,
  reach: UploadReach,
): Promise<'uploaded' | 'unchanged'> {
  const found = await answerTo(await store.request('HEAD', file), undefined, reach)
  // Without a length the answer proves nothing: some web servers answer 200 to each address.
  if (found.status === 200 && found.length !== undefined) {
    if (found.length !== file.bytes.length)
      throw new UploadError(
        `${store.addressOf(file.name)} has ${String(found.length)} bytes instead of ${String(file.bytes.length)}: delete it, and run the command again`,
      )
    return 'unchanged'
  }
  // Without the right to list a bucket, S3 answers 403 for what is not there; the answer to PUT says what is wrong.
  const put = await answerTo(await store.request('PUT', file), file.bytes, reach)
  if (put.status < 200 || put.status > 299)
    throw new UploadError(
      reach.secrets.mask(
        `the upload to ${store.addressOf(file.name)} was refused with status ${String(put.status)}${put.reason}`,
      ),
    )
  return 'uploaded'
}

interface StoreAnswer {
  readonly status: number
  /** Bytes of the file, where the answer says it. */
  readonly length: number | undefined
  /** What the store says of a refusal, after a colon. */
  readonly reason: string
}

async function answerTo(
  { method, url, headers }: StoreRequest,
  body: Uint8Array | undefined,
  { network, secrets }: UploadReach,
): Promise<StoreAnswer> {
  try {
    const answer = await network.request(network.check(url.href, 'endpoint'), 'endpoint', {
      method,
      headers: { 'user-agent': 'stackbridge', ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.body.text()
    const length = answer.headers['content-length']
    return {
      status: answer.statusCode,
      length: method === 'HEAD' && typeof length === 'string' ? Number(length) : undefined,
      reason: reasonIn(text),
    }
  } catch (cause) {
    throw new UploadError(secrets.mask(`the upload to ${url.origin} failed: ${inWords(cause)}`), { cause })
  }
}

/** S3, OSS and OBS answer with XML; all of it would quote the signed text. */
function reasonIn(text: string): string {
  const field = (name: string) =>
    new RegExp(`<${name}>([^<]{1,300})</${name}>`).exec(text.slice(0, 10_000))?.[1]
  const parts = [field('Code'), field('Message')].filter((one) => one !== undefined)
  return parts.length === 0 ? '' : `: ${parts.join(': ')}`
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}
