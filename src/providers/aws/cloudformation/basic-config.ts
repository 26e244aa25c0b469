import type { Network } from '../../../platform/network.ts'
import { NetworkRequestHandler } from './request-handler.ts'

/**
 * The SDK's settings for both services. `standard` retries with the SDK's own backoff, for short network errors; the
 * bridge, which knows the deadline, retries longer ones. The SDK corrects clock skew by the answers' dates. Everything
 * that the SDK would read from its configuration files and `AWS_` variables is set here: they could name another
 * endpoint, and the operator of the bridge may not be their author.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function basicConfig(region: string, network: Network) {
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultsMode: 'standard' as const,
    ignoreConfiguredEndpointUrls: true,
    disableClockSkewCorrection: false,
    authSchemePreference: [],
    // Only STS uses it.
    sigv4aSigningRegionSet: [region],
    userAgentAppId: () => Promise.resolve(undefined),
    customUserAgent: 'stackbridge',
    requestHandler: new NetworkRequestHandler(network),
  }
}
