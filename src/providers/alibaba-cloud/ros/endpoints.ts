import type { CredentialOrigin, Destination } from '../../http/credential-destinations.ts'
import { vendorEndpoint } from '../../http/vendor-endpoint.ts'
import type { Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'

const DOMAIN = 'aliyuncs.com'

/** The central endpoints serve the regions of both the China and the international site. */
const VENDORS = { ROS: vendorEndpoint(DOMAIN, 'ros'), STS: vendorEndpoint(DOMAIN, 'sts') }

type Api = keyof typeof VENDORS
type Environment = Surroundings['environment']

/**
 * The endpoint where the properties name none: that of the variable `ROS_ENDPOINT` or `STS_ENDPOINT`, a URL or a host, as
 * Terraform's provider reads them; else Alibaba Cloud's.
 * https://github.com/aliyun/terraform-provider-alicloud (guide "Custom service endpoints")
 */
export function defaultEndpoint(api: Api, environment: Environment): string {
  return fromEnvironment(api, environment) ?? VENDORS[api]
}

function fromEnvironment(api: Api, environment: Environment): string | undefined {
  const given = environment[`${api}_ENDPOINT`] ?? ''
  if (given === '') return undefined
  return /^https?:\/\//i.test(given) ? given : `https://${given}`
}

/** The endpoints of the calls: those of the properties, else those of `defaultEndpoint`. */
export function endpointsOf(
  { Endpoint, StsEndpoint }: Pick<Connection, 'Endpoint' | 'StsEndpoint'>,
  environment: Environment,
): {
  readonly ros: Destination
  readonly sts: Destination
} {
  return {
    ros: destination('Endpoint', Endpoint, 'ROS', environment),
    sts: destination('StsEndpoint', StsEndpoint, 'STS', environment),
  }
}

/** Where the keys come from, and with them the session of an assumed role. */
export function credentialOrigin(
  { AccessKeyId }: Pick<Connection, 'AccessKeyId'>,
  environment: Surroundings['environment'],
): CredentialOrigin {
  if (AccessKeyId !== undefined) return 'properties'
  return (environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '') === '' ? 'nowhere' : 'environment'
}

function destination(
  path: string,
  given: string | undefined,
  api: Api,
  environment: Environment,
): Destination {
  const url = defaultEndpoint(api, environment)
  if (given !== undefined) return { path, url: given, namedBy: 'properties', known: [url] }
  return fromEnvironment(api, environment) === undefined
    ? { path, url, namedBy: 'vendor' }
    : { path: `${api}_ENDPOINT`, url, namedBy: 'environment' }
}
