import type { CredentialOrigin, Destination } from '../../http/credential-destinations.ts'
import { vendorEndpoint } from '../../http/vendor-endpoint.ts'
import type { Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'

const DOMAIN = 'aliyuncs.com'

/** The central endpoint serves the regions of both the China and the international site. */
export const ROS_ENDPOINT = vendorEndpoint(DOMAIN, 'ros')
export const STS_ENDPOINT = vendorEndpoint(DOMAIN, 'sts')

/** The endpoints of the calls: those of the properties, else Alibaba Cloud's. */
export function endpointsOf({ Endpoint, StsEndpoint }: Pick<Connection, 'Endpoint' | 'StsEndpoint'>): {
  readonly ros: Destination
  readonly sts: Destination
} {
  return {
    ros: destination('Endpoint', Endpoint, ROS_ENDPOINT),
    sts: destination('StsEndpoint', StsEndpoint, STS_ENDPOINT),
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

function destination(path: string, given: string | undefined, vendors: string): Destination {
  return given === undefined
    ? { path, url: vendors, namedBy: 'vendor' }
    : { path, url: given, namedBy: 'properties', known: [vendors] }
}
