import { MNS_LIMITS } from '../limits/mns.ts'
import { isIP } from 'node:net'
import * as v from 'valibot'
import { define, isQueueUrl, keys, list, wholeNumber } from './definition.ts'

/** What `stackbridge serve` listens at, stores, and receives events from. */
export const serverSettings = {
  listen: define({
    name: 'STACKBRIDGE_LISTEN',
    default: '127.0.0.1:8080',
    meaning: 'the address and port at which "stackbridge serve" listens',
    rule: 'an IP address, a colon and a port, for example 127.0.0.1:8080 or [::1]:8080',
    schema: v.pipe(
      v.string(),
      v.check((text) => listenAddress(text) !== undefined),
      v.transform((text) => listenAddress(text) ?? { host: '127.0.0.1', port: 8080 }),
    ),
  }),
  journalFolder: define({
    name: 'STACKBRIDGE_JOURNAL',
    default: 'stackbridge-journal',
    meaning: 'the folder in which "stackbridge serve" stores events until they are answered',
    rule: 'a path',
    schema: v.string(),
  }),
  maxActiveOperations: define({
    name: 'STACKBRIDGE_MAX_ACTIVE_OPERATIONS',
    default: '32',
    meaning:
      'how many operations "stackbridge serve" begins at once, and how many it polls at once; the others wait for their turn, at most until the end of their Timeout',
    rule: 'a whole number from 1 to 10000',
    schema: wholeNumber(1, 10_000),
  }),
  queueUrls: define({
    name: 'STACKBRIDGE_QUEUE',
    default: '',
    meaning:
      'queues of MNS (SMQ) from which "stackbridge serve" receives events; it needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    rule: 'URLs of the form https://<account>.mns.<region>.aliyuncs.com/queues/<name>, separated by commas',
    schema: v.pipe(
      list,
      v.check((urls) => urls.every(isQueueUrl)),
    ),
  }),
  topics: define({
    name: 'STACKBRIDGE_TOPICS',
    default: '',
    meaning: 'topics of MNS (SMQ) whose pushes "stackbridge serve" accepts at /notifications',
    rule: 'topics of the form <account>/<topic>, separated by commas',
    schema: v.pipe(
      list,
      v.check((topics) => topics.every((topic) => /^\d+\/[\w-]+$/.test(topic))),
    ),
  }),
  topicTokens: define({
    name: 'STACKBRIDGE_TOPIC_TOKEN',
    default: '',
    meaning:
      "the token that a push must have in the query of its subscription's URL (/notifications?token=...), before anything is fetched for it; STACKBRIDGE_TOPICS needs it; to replace it, set the new token, a comma and the old token",
    rule: 'a token of at least 16 letters, digits, - or _, or two such tokens separated by a comma',
    schema: v.pipe(
      keys(),
      v.check((tokens) => tokens.every((token) => /^[\w-]+$/.test(token))),
    ),
  }),
  metricsTokens: define({
    name: 'STACKBRIDGE_METRICS_TOKEN',
    default: '',
    meaning:
      'the bearer token that reads /metrics of "stackbridge serve", and can do nothing else; without one only requests from this machine read it, and only where the server listens at a loopback address; to replace it, set the new token, a comma and the old token',
    rule: 'a token of at least 16 letters, digits, - or _, or two such tokens separated by a comma',
    schema: v.pipe(
      keys(),
      v.check((tokens) => tokens.every((token) => /^[\w-]+$/.test(token))),
    ),
  }),
  operationsTokens: define({
    name: 'STACKBRIDGE_OPERATIONS_TOKEN',
    default: '',
    meaning:
      'the bearer token that reads /operations of "stackbridge serve", and can do nothing else; "stackbridge ps --server" sends it; without one only requests from this machine read it, and only where the server listens at a loopback address; to replace it, set the new token, a comma and the old token',
    rule: 'a token of at least 16 letters, digits, - or _, or two such tokens separated by a comma',
    schema: v.pipe(
      keys(),
      v.check((tokens) => tokens.every((token) => /^[\w-]+$/.test(token))),
    ),
  }),
  topicCertificates: define({
    name: 'STACKBRIDGE_TOPIC_CERTIFICATES',
    default: `${MNS_LIMITS.certificate.most},${MNS_LIMITS.regionalCertificate.most}`,
    meaning:
      "the allowed beginnings of the URL of the certificate that signs MNS's pushes; <region> matches the name of any region",
    rule: 'http or https URLs without a query that end with a slash, separated by commas',
    schema: v.pipe(
      list,
      v.minLength(1),
      v.check((prefixes) => prefixes.every(isCertificatePrefix)),
    ),
  }),
} as const

function listenAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain ?? ''
  if (isIP(host) === 0 || Number(port) > 65_535) return undefined
  return { host, port: Number(port) }
}

/** A host in lower case, with `<region>` in the place of a region's name or without it; a path of plain characters. */
const CERTIFICATE_PREFIX =
  /^https?:\/\/(?:[a-z0-9-]|<region>)+(?:\.(?:[a-z0-9-]|<region>)+)*(?::\d{1,5})?\/(?:[\w.~-]+\/)*$/

function isCertificatePrefix(text: string): boolean {
  const example = text.replaceAll('<region>', 'cn-hangzhou')
  return CERTIFICATE_PREFIX.test(text) && URL.canParse(example) && new URL(example).href === example
}
