import type { AwsCredentialIdentity } from '@smithy/types'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock } from '../../platform/clock.ts'
import { isReadableInTransit, type EndpointHost } from '../../platform/endpoint-host.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import { awsEndpoint } from '../../providers/aws/cloudformation/region.ts'
import { vendorEndpoint } from '../../providers/http/vendor-endpoint.ts'
import { domainOf } from '../../providers/huawei-cloud/region.ts'
import { withoutTrailingSlashes } from '../../platform/trailing-slashes.ts'
import { UsageError } from '../usage-error.ts'
import { signS3 } from './aws-signature.ts'
import type { BucketDestination, Destination, DestinationKind } from './destination.ts'
import { signOss } from './oss-signature.ts'

/** The bytes of a file and the name that follows from them. */
export interface StoredFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string
}

/** A request whose answer says whether the file is there, or that puts it there. */
export interface StoreRequest {
  readonly method: 'HEAD' | 'PUT'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

export interface ObjectStore {
  readonly kind: DestinationKind
  /** The address by which the file's cloud reads it. */
  addressOf(name: string): string
  /** Throws `UsageError` where credentials are missing. */
  request(method: StoreRequest['method'], file: StoredFile): Promise<StoreRequest>
}

export interface StoreSurroundings {
  readonly environment: Environment
  readonly clock: Clock
  /** Gets each credential before it is used. */
  readonly secrets: Secrets
  /** The variable that holds the header for `web` destinations. */
  readonly headerVariable: string | undefined
  /** Those that may get the header without TLS. */
  readonly endpointHosts: readonly EndpointHost[]
}

const CONTENT_TYPE = 'text/plain; charset=utf-8'

/** Throws `UsageError` for a place that the header must not be sent to. */
export function openStore(destination: Destination, surroundings: StoreSurroundings): ObjectStore {
  switch (destination.kind) {
    case 's3':
      return s3Store(destination, surroundings)
    case 'obs':
      return obsStore(destination, surroundings)
    case 'oss':
      return ossStore(destination, surroundings)
    case 'web':
      return webStore(destination.base, surroundings)
  }
}

/**
 * Amazon S3, or the store that `AWS_ENDPOINT_URL_S3` names. CloudFormation reads it with the rights of its caller.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
function s3Store(
  { bucket, prefix, region }: BucketDestination,
  surroundings: StoreSurroundings,
): ObjectStore {
  const named = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].map(
    (name) => surroundings.environment[name] ?? '',
  )
  const endpoint = named.find((url) => url !== '') ?? awsEndpoint('s3', region)
  // By path, as `aws cloudformation package` does: a bucket's name may have dots.
  const addressOf = (name: string) => `${withoutTrailingSlashes(endpoint)}/${bucket}/${prefix}${name}`
  return {
    kind: 's3',
    addressOf,
    async request(method, { name, digest }) {
      const url = new URL(addressOf(name))
      const payload = method === 'PUT' ? digest : EMPTY
      const headers = await signS3(
        { method, url, region, headers: typed(method), payload },
        awsKeys(surroundings),
        surroundings.clock.now(),
      )
      return { method, url, headers }
    },
  }
}

/** SHA-256 of no bytes. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/**
 * Huawei Cloud OBS, which takes S3's signature of an unsigned body: https://support.huaweicloud.com/obs_faq/obs_faq_0274.html.
 * https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0080.html
 */
function obsStore(
  { bucket, prefix, region }: BucketDestination,
  surroundings: StoreSurroundings,
): ObjectStore {
  const endpoint = vendorEndpoint(domainOf(region), bucket, 'obs', region)
  const addressOf = (name: string) => `${endpoint}/${prefix}${name}`
  return {
    kind: 'obs',
    addressOf,
    async request(method, { name }) {
      const url = new URL(addressOf(name))
      const headers = await signS3(
        { method, url, region, headers: typed(method), payload: 'UNSIGNED-PAYLOAD' },
        huaweiKeys(surroundings),
        surroundings.clock.now(),
      )
      return { method, url, headers }
    },
  }
}

/**
 * OSS by its own signature: its compatibility with S3's has to be enabled by its support
 * (https://help.aliyun.com/en/oss/user-guide/0002-00000033).
 * https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
function ossStore(
  { bucket, prefix, region }: BucketDestination,
  surroundings: StoreSurroundings,
): ObjectStore {
  const endpoint = vendorEndpoint('aliyuncs.com', bucket, `oss-${region}`)
  return {
    kind: 'oss',
    addressOf: (name) => `oss://${bucket}/${prefix}${name}?RegionId=${region}`,
    request(method, { name }) {
      const key = `${prefix}${name}`
      const url = new URL(`${endpoint}/${key}`)
      const request = { method, bucket, key, region, headers: typed(method) }
      const headers = signOss(request, alibabaCloudKeys(surroundings), surroundings.clock.now())
      return Promise.resolve({ method, url, headers })
    },
  }
}

/** Any server that takes PUT below an address and serves the same with GET: Swift, WebDAV. Throws `UsageError`. */
function webStore(base: string, surroundings: StoreSurroundings): ObjectStore {
  const { headerVariable, endpointHosts } = surroundings
  const { host } = new URL(base)
  if (headerVariable !== undefined && isReadableInTransit(new URL(base), endpointHosts))
    throw new UsageError(
      `--upload-to ${base} has no TLS: anyone on the network path could read the header of --upload-header-from; give an https URL, or name http://${host} in STACKBRIDGE_ENDPOINT_HOSTS`,
    )
  const addressOf = (name: string) => `${base}${name}`
  return {
    kind: 'web',
    addressOf,
    request: (method, { name }) =>
      Promise.resolve({
        method,
        url: new URL(addressOf(name)),
        headers: { ...typed(method), ...headerOf(surroundings) },
      }),
  }
}

function typed(method: StoreRequest['method']): Record<string, string> {
  return method === 'PUT' ? { 'content-type': CONTENT_TYPE } : {}
}

function headerOf({ headerVariable, environment, secrets }: StoreSurroundings): Record<string, string> {
  if (headerVariable === undefined) return {}
  const [, name, value] =
    /^([\w-]{1,100}): ?([\x20-\x7e]{1,8000})$/.exec(environment[headerVariable] ?? '') ?? []
  if (name === undefined || value === undefined)
    throw new UsageError(
      `the variable ${headerVariable} must hold one header, such as X-Auth-Token: TOKEN or Authorization: Bearer TOKEN`,
    )
  secrets.addHidden(value)
  return { [name.toLowerCase()]: value }
}

/** The values of variables that belong together; each name stands for the first of its variables that is set. */
function keysOf(
  variables: readonly [id: readonly string[], secret: readonly string[], token: readonly string[]],
  what: string,
  { environment, secrets }: StoreSurroundings,
): { readonly id: string; readonly secret: string; readonly token?: string } {
  const [id, secret, token] = variables.map(
    (names) => names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '',
  )
  if (id === undefined || id === '' || secret === undefined || secret === '')
    throw new UsageError(
      `the upload to ${what} needs credentials: set ${variables[0][0] ?? ''} and ${variables[1][0] ?? ''}`,
    )
  for (const value of [id, secret, token ?? '']) secrets.add(value)
  return { id, secret, ...(token === undefined || token === '' ? {} : { token }) }
}

function awsKeys(surroundings: StoreSurroundings): AwsCredentialIdentity {
  const names = [['AWS_ACCESS_KEY_ID'], ['AWS_SECRET_ACCESS_KEY'], ['AWS_SESSION_TOKEN']] as const
  return asAwsKeys(keysOf(names, 'S3', surroundings))
}

function huaweiKeys(surroundings: StoreSurroundings): AwsCredentialIdentity {
  const names = [
    ['HW_ACCESS_KEY', 'HUAWEICLOUD_SDK_AK'],
    ['HW_SECRET_KEY', 'HUAWEICLOUD_SDK_SK'],
    ['HW_SECURITY_TOKEN', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  ] as const
  return asAwsKeys(keysOf(names, 'OBS', surroundings))
}

function asAwsKeys({ id, secret, token }: ReturnType<typeof keysOf>): AwsCredentialIdentity {
  return { accessKeyId: id, secretAccessKey: secret, ...(token === undefined ? {} : { sessionToken: token }) }
}

function alibabaCloudKeys(surroundings: StoreSurroundings): AlibabaCloudCredentials {
  const names = [
    ['ALIBABA_CLOUD_ACCESS_KEY_ID'],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
    ['ALIBABA_CLOUD_SECURITY_TOKEN'],
  ] as const
  const { id, secret, token } = keysOf(names, 'OSS', surroundings)
  return {
    accessKeyId: id,
    accessKeySecret: secret,
    ...(token === undefined ? {} : { securityToken: token }),
  }
}
