import { ROS_LIMITS } from '../limits/ros.ts'
import * as v from 'valibot'
import { isRandomKey } from './random-key.ts'
import {
  define,
  flag,
  isConfidentialUrl,
  isEndpoint,
  isQueueUrl,
  keys,
  list,
  wholeNumber,
} from './definition.ts'

/** How operations are logged, polled and handed off. */
export const operationSettings = {
  logLevel: define({
    name: 'STACKBRIDGE_LOG_LEVEL',
    default: 'info',
    meaning: 'the lowest level of log lines that are written; the levels are those of pino',
    rule: 'one of trace, debug, info, warn, error, fatal, silent',
    schema: v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  }),
  timeoutSeconds: define({
    name: 'STACKBRIDGE_TIMEOUT_SECONDS',
    default: '3600',
    meaning: "how long ROS waits, in seconds, if the event's properties have no Timeout",
    rule: 'a whole number from 1 to 43200',
    schema: wholeNumber(ROS_LIMITS.timeout.least, ROS_LIMITS.timeout.most),
  }),
  pollMinMs: define({
    name: 'STACKBRIDGE_POLL_MIN_MS',
    default: '3000',
    meaning:
      'the time between two polls in the first minute of an operation, in milliseconds; jitter shortens it by up to a tenth',
    rule: 'a whole number from 50 to 600000',
    schema: wholeNumber(50, 600_000),
  }),
  pollMaxMs: define({
    name: 'STACKBRIDGE_POLL_MAX_MS',
    default: '30000',
    meaning: 'the longest time between two polls, in milliseconds',
    rule: 'a whole number from 50 to 600000',
    schema: wholeNumber(50, 600_000),
  }),
  inlineSeconds: define({
    name: 'STACKBRIDGE_INLINE_SECONDS',
    default: '5',
    meaning:
      'how long an invocation polls before it hands the operation off to another invocation, in seconds',
    rule: 'a whole number from 0 to 86400',
    schema: wholeNumber(0, 86_400),
  }),
  continuation: define({
    name: 'STACKBRIDGE_CONTINUATION',
    default: 'auto',
    meaning:
      'whether operations are handed off to another invocation; auto: yes, if there are a continuation key and credentials of a role',
    rule: "'auto' or 'off'",
    schema: v.picklist(['auto', 'off']),
  }),
  continuationKeys: define({
    name: 'STACKBRIDGE_CONTINUATION_KEY',
    default: '',
    meaning: 'the key that encrypts continuations; to replace it, set the new key, a comma and the old key',
    rule: 'a random key of at least 128 bits, as "openssl rand -base64 32" makes one; or such a key, a comma and the old key of at least 16 characters',
    // The old key only opens what it has sealed.
    schema: v.pipe(
      keys(),
      v.check(([key]) => key === undefined || isRandomKey(key)),
    ),
  }),
  allowAdoption: define({
    name: 'STACKBRIDGE_ALLOW_ADOPTION',
    default: 'false',
    meaning:
      "whether OnExisting 'any' may take over stacks that have no mark of the bridge; without it, a template can only adopt its own stacks",
    rule: "'true' or 'false'",
    schema: flag,
  }),
  fcEndpoints: define({
    name: 'STACKBRIDGE_FC_ENDPOINT',
    default: 'internal,public',
    meaning:
      "the endpoints of Function Compute at which the function invokes itself, tried in this order; 'internal' and 'public' are those of the function's region",
    rule: "'internal', 'public', an https URL, or several of these separated by commas",
    schema: v.pipe(
      list,
      v.minLength(1),
      v.check((endpoints) => endpoints.every(isEndpoint)),
    ),
  }),
  handOffQueue: define({
    name: 'STACKBRIDGE_HAND_OFF_QUEUE',
    default: '',
    meaning:
      "a queue of MNS (SMQ) whose trigger invokes this function: delays are those of its messages, not those of Function Compute's x-fc-async-delay",
    rule: 'a URL of the form https://<account>.mns.<region>.aliyuncs.com/queues/<name>',
    schema: v.pipe(
      v.string(),
      v.check((url) => url === '' || (isQueueUrl(url) && isConfidentialUrl(url))),
    ),
  }),
  handOffTokens: define({
    name: 'STACKBRIDGE_HAND_OFF_TOKENS',
    default: 'true',
    meaning:
      'whether tokens and role sessions are handed off with an operation, encrypted, until they expire; without them, each new instance logs in to the cloud',
    rule: "'true' or 'false'",
    schema: flag,
  }),
} as const
