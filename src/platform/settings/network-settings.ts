import { ROS_LIMITS } from '../limits/ros.ts'
import { isIP } from 'node:net'
import * as v from 'valibot'
import { parseEndpointHost } from '../endpoint-host.ts'
import { define, flag, list, wholeNumber } from './definition.ts'

/** Which addresses are called, and how ROS is answered. */
export const networkSettings = {
  responseLimitBytes: define({
    name: 'STACKBRIDGE_RESPONSE_LIMIT_BYTES',
    default: String(ROS_LIMITS.answer.most),
    meaning: 'the largest answer that ROS accepts, in bytes of UTF-8',
    rule: 'a whole number from 1024 to 4194304',
    schema: wholeNumber(1024, 4_194_304),
  }),
  responseUrlOrder: define({
    name: 'STACKBRIDGE_RESPONSE_URL_ORDER',
    default: 'public,intranet',
    meaning:
      'the order in which ResponseURL (public) and IntranetResponseURL (intranet) are tried; a single name: only that URL is tried',
    rule: "'public', 'intranet', or both separated by a comma",
    schema: v.pipe(
      list,
      v.array(v.picklist(['public', 'intranet'])),
      v.minLength(1),
      v.check((names) => new Set(names).size === names.length),
    ),
  }),
  allowPrivateAddresses: define({
    name: 'STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES',
    default: 'false',
    meaning: 'whether callbacks and endpoints may have loopback or private addresses',
    rule: "'true' or 'false'",
    schema: flag,
  }),
  intranetCallbackRanges: define({
    name: 'STACKBRIDGE_INTRANET_CALLBACK_RANGES',
    default: '100.64.0.0/10',
    meaning: 'private address ranges that are allowed for the IntranetResponseURL only',
    rule: 'CIDR ranges separated by commas, for example 100.64.0.0/10',
    schema: v.pipe(
      list,
      v.check((ranges) => ranges.every(isRange)),
    ),
  }),
  callbackHosts: define({
    name: 'STACKBRIDGE_CALLBACK_HOSTS',
    default: '',
    meaning: 'suffixes, one of which the host of a ResponseURL must have; empty: any host is allowed',
    rule: 'host names separated by commas',
    schema: v.pipe(
      list,
      v.check((hosts) => hosts.every((host) => /^[a-z0-9.-]+$/i.test(host))),
    ),
  }),
  endpointHosts: define({
    name: 'STACKBRIDGE_ENDPOINT_HOSTS',
    default: '',
    meaning:
      'hosts that may receive the environment\'s credentials when an Endpoint or AuthUrl of the event\'s properties names them; one with http:// also gets the token of "stackbridge ps --server" and the header of "stackbridge package --upload-to"',
    rule: 'host names or addresses, each with or without a colon and a port, after http:// where TLS is not needed, separated by commas',
    schema: v.pipe(
      list,
      v.check((hosts) => hosts.every((host) => parseEndpointHost(host) !== undefined)),
      v.transform((hosts) => hosts.flatMap((host) => parseEndpointHost(host) ?? [])),
    ),
  }),
  callbackAttemptTimeoutMs: define({
    name: 'STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS',
    default: '10000',
    meaning: 'the time limit of each attempt to deliver an answer, in milliseconds',
    rule: 'a whole number from 100 to 60000',
    schema: wholeNumber(100, 60_000),
  }),
} as const

function isRange(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false
  return Number(prefix) <= (family === 4 ? 32 : 128)
}
