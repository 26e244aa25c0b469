import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { AwsCredentialIdentity, Checksum, SourceData } from '@smithy/types'
import type { EpochMs } from '../../platform/clock.ts'

export interface S3Request {
  readonly method: 'HEAD' | 'PUT'
  readonly url: URL
  readonly region: string
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, in hex, or `UNSIGNED-PAYLOAD`. */
  readonly payload: string
}

/**
 * The headers of a request to S3, or to a store that takes its signature. The path must need no encoding.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function signS3(
  { method, url, region, headers, payload }: S3Request,
  credentials: AwsCredentialIdentity,
  now: EpochMs,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials,
    region,
    service: 's3',
    sha256: Sha256,
    // S3 alone signs the path as it is sent.
    uriEscapePath: false,
  })
  const { headers: signed } = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { ...headers, host: url.host, 'x-amz-content-sha256': payload },
    },
    { signingDate: new Date(now) },
  )
  return signed
}

interface Digest {
  update(data: Uint8Array): unknown
  digest(): Uint8Array
}

/** Node's own SHA-256 in the form that the signer takes. */
class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined
  #hash: Digest

  constructor(secret?: SourceData) {
    this.#secret = secret
    this.#hash = started(secret)
  }

  update(data: Uint8Array): void {
    this.#hash.update(data)
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }

  reset(): void {
    this.#hash = started(this.#secret)
  }
}

function started(secret: SourceData | undefined): Digest {
  if (secret === undefined) return createHash('sha256')
  return createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret))
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}
