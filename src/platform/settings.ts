import { isIP } from 'node:net'
import * as v from 'valibot'
import { parseEndpointHost } from './endpoint-host.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max))

const list = v.pipe(
  v.string(),
  v.transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
)

interface Definition<Schema extends v.GenericSchema<string, unknown>> {
  readonly name: string
  /** As it would stand in the environment. */
  readonly default: string
  readonly meaning: string
  /** What a value has to be, to follow "must be". */
  readonly rule: string
  readonly schema: Schema
}

function define<Schema extends v.GenericSchema<string, unknown>>(
  definition: Definition<Schema>,
): Definition<Schema> {
  return definition
}

/** The single source of every setting: what is read, checked and listed. */
const definitions = {
  logLevel: define({
    name: 'STACKBRIDGE_LOG_LEVEL',
    default: 'info',
    meaning: "pino's level of the log",
    rule: 'one of trace, debug, info, warn, error, fatal, silent',
    schema: v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  }),
  timeoutSeconds: define({
    name: 'STACKBRIDGE_TIMEOUT_SECONDS',
    default: '3600',
    meaning: "ROS's Timeout, in seconds, where the properties do not repeat it",
    rule: 'a whole number from 1 to 43200',
    schema: wholeNumber(1, 43_200),
  }),
  responseLimitBytes: define({
    name: 'STACKBRIDGE_RESPONSE_LIMIT_BYTES',
    default: '4096',
    meaning: 'the largest answer that ROS takes, in bytes of UTF-8',
    rule: 'a whole number from 1024 to 4194304',
    schema: wholeNumber(1024, 4_194_304),
  }),
  responseUrlOrder: define({
    name: 'STACKBRIDGE_RESPONSE_URL_ORDER',
    default: 'public,intranet',
    meaning: 'which callback URL is tried first; one name alone: only that one',
    rule: "'public', 'intranet', or both with a comma between",
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
    meaning: 'whether callbacks and endpoints may be at loopback or private addresses',
    rule: "'true' or 'false'",
    schema: v.pipe(
      v.picklist(['true', 'false']),
      v.transform((value) => value === 'true'),
    ),
  }),
  intranetCallbackRanges: define({
    name: 'STACKBRIDGE_INTRANET_CALLBACK_RANGES',
    default: '100.64.0.0/10',
    meaning: 'private ranges where the IntranetResponseURL (and nothing else) may be',
    rule: 'CIDR ranges with commas between',
    schema: v.pipe(
      list,
      v.check((ranges) => ranges.every(isRange)),
    ),
  }),
  callbackHosts: define({
    name: 'STACKBRIDGE_CALLBACK_HOSTS',
    default: '',
    meaning: 'suffixes that the host of a ResponseURL must have; empty: any host',
    rule: 'host names with commas between',
    schema: v.pipe(
      list,
      v.check((hosts) => hosts.every((host) => /^[a-z0-9.-]+$/i.test(host))),
    ),
  }),
  endpointHosts: define({
    name: 'STACKBRIDGE_ENDPOINT_HOSTS',
    default: '',
    meaning:
      "hosts that an Endpoint or AuthUrl of an event's properties may name to be called with the environment's credentials",
    rule: 'host names or addresses, each alone or with a colon and a port, after http:// where TLS is not needed, with commas between',
    schema: v.pipe(
      list,
      v.check((hosts) => hosts.every((host) => parseEndpointHost(host) !== undefined)),
      v.transform((hosts) => hosts.flatMap((host) => parseEndpointHost(host) ?? [])),
    ),
  }),
  callbackAttemptTimeoutMs: define({
    name: 'STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS',
    default: '10000',
    meaning: 'time limit of each attempt to deliver an answer, in milliseconds',
    rule: 'a whole number from 100 to 60000',
    schema: wholeNumber(100, 60_000),
  }),
  pollMinMs: define({
    name: 'STACKBRIDGE_POLL_MIN_MS',
    default: '3000',
    meaning:
      'the time between two looks at a young stack, in milliseconds; jitter shortens it by up to a tenth',
    rule: 'a whole number from 50 to 600000',
    schema: wholeNumber(50, 600_000),
  }),
  pollMaxMs: define({
    name: 'STACKBRIDGE_POLL_MAX_MS',
    default: '30000',
    meaning: 'the longest time between two looks at a stack, in milliseconds',
    rule: 'a whole number from 50 to 600000',
    schema: wholeNumber(50, 600_000),
  }),
  inlineSeconds: define({
    name: 'STACKBRIDGE_INLINE_SECONDS',
    default: '5',
    meaning: 'how long a call polls in place before it hands the operation over to another call, in seconds',
    rule: 'a whole number from 0 to 86400',
    schema: wholeNumber(0, 86_400),
  }),
  continuation: define({
    name: 'STACKBRIDGE_CONTINUATION',
    default: 'auto',
    meaning: 'whether operations are handed over: auto, where there are a key and credentials; or off',
    rule: "'auto' or 'off'",
    schema: v.picklist(['auto', 'off']),
  }),
  continuationKeys: define({
    name: 'STACKBRIDGE_CONTINUATION_KEY',
    default: '',
    meaning:
      'the key that hand-overs are sealed under; while one replaces another, the new and the old with a comma between',
    rule: 'a text of at least 16 characters, or two with a comma between',
    schema: v.pipe(
      list,
      v.maxLength(2),
      v.check((keys) => keys.every((key) => key.length >= 16)),
    ),
  }),
  fcEndpoints: define({
    name: 'STACKBRIDGE_FC_ENDPOINT',
    default: 'internal,public',
    meaning:
      "where the function invokes itself: Function Compute's internal or public endpoint, or a URL; in this order",
    rule: "'internal', 'public' or an http or https URL, or several with commas between",
    schema: v.pipe(
      list,
      v.minLength(1),
      v.check((endpoints) => endpoints.every(isFcEndpoint)),
    ),
  }),
  publicUrl: define({
    name: 'STACKBRIDGE_PUBLIC_URL',
    default: '',
    meaning: 'the URL that web: service tokens begin with, without the path; part of what SignKey signs',
    rule: 'an http or https URL without a path',
    schema: v.pipe(
      v.string(),
      v.check((url) => url === '' || isOrigin(url)),
      v.transform((url) => url.replace(/\/$/, '')),
    ),
  }),
  bearerTokens: define({
    name: 'STACKBRIDGE_BEARER_TOKEN',
    default: '',
    meaning:
      'the token that a request must bear in its Authorization header; while one replaces another, both with a comma between',
    rule: 'a text of at least 16 characters without a comma, or two with a comma between',
    schema: v.pipe(
      list,
      v.maxLength(2),
      v.check((tokens) => tokens.every((token) => token.length >= 16)),
    ),
  }),
  signKeys: define({
    name: 'STACKBRIDGE_SIGN_KEY',
    default: '',
    meaning:
      'the SignKey of HttpConfig, by which ROS signs its requests; while one replaces another, both with a comma between',
    rule: 'a text of 16 to 128 characters without a comma, or two with a comma between',
    schema: v.pipe(
      list,
      v.maxLength(2),
      v.check((keys) => keys.every((key) => key.length >= 16 && key.length <= 128)),
    ),
  }),
  signForm: define({
    name: 'STACKBRIDGE_SIGN_FORM',
    default: 'hmac,hex,spaced',
    meaning:
      'what the documents of SignKey leave open: how the key enters, how the MD5 is written, and how the JSON is spaced',
    rule: "one each of 'hmac' or 'appended', 'hex' or 'base64', 'spaced' or 'compact', in this order, with commas between",
    schema: v.pipe(
      list,
      v.tuple([
        v.picklist(['hmac', 'appended']),
        v.picklist(['hex', 'base64']),
        v.picklist(['spaced', 'compact']),
      ]),
    ),
  }),
  signHeaders: define({
    name: 'STACKBRIDGE_SIGN_HEADERS',
    default: '',
    meaning: 'the names of the headers that HttpConfig has, as they stand there: ROS signs them, too',
    rule: 'header names with commas between',
    schema: v.pipe(
      list,
      v.check((names) => names.every((name) => /^[\w-]+$/.test(name))),
    ),
  }),
  requestLimitBytes: define({
    name: 'STACKBRIDGE_REQUEST_LIMIT_BYTES',
    default: '2097152',
    meaning: 'the largest HTTP request that is read, in bytes',
    rule: 'a whole number from 1024 to 33554432',
    schema: wholeNumber(1024, 33_554_432),
  }),
  maxConnections: define({
    name: 'STACKBRIDGE_MAX_CONNECTIONS',
    default: '1024',
    meaning: 'how many connections the HTTP server keeps at a time; more are closed as they come',
    rule: 'a whole number from 16 to 65535',
    schema: wholeNumber(16, 65_535),
  }),
  requestBufferBytes: define({
    name: 'STACKBRIDGE_REQUEST_BUFFER_BYTES',
    default: '16777216',
    meaning:
      'how many bytes of HTTP request bodies are in memory at a time, over all connections; more are refused with 503. Room for one request of the largest size there always is',
    rule: 'a whole number from 1048576 to 999999999',
    schema: wholeNumber(1_048_576, 999_999_999),
  }),
  listen: define({
    name: 'STACKBRIDGE_LISTEN',
    default: '127.0.0.1:8080',
    meaning: 'where stackbridge serve listens: an address and a port',
    rule: 'an IP address, a colon and a port; an IPv6 address stands in brackets',
    schema: v.pipe(
      v.string(),
      v.check((text) => listenAddress(text) !== undefined),
      v.transform((text) => listenAddress(text) ?? { host: '127.0.0.1', port: 8080 }),
    ),
  }),
  journalFolder: define({
    name: 'STACKBRIDGE_JOURNAL',
    default: 'stackbridge-journal',
    meaning: 'the folder in which stackbridge serve keeps what it has not answered yet',
    rule: 'a path',
    schema: v.string(),
  }),
  queueUrls: define({
    name: 'STACKBRIDGE_QUEUE',
    default: '',
    meaning:
      'queues of MNS (SMQ) that stackbridge serve takes events from, with the credentials of ALIBABA_CLOUD_ACCESS_KEY_ID and so on',
    rule: 'URLs of the form https://<account>.mns.<region>.aliyuncs.com/queues/<name> with commas between',
    schema: v.pipe(
      list,
      v.check((urls) =>
        urls.every((url) => /^https?:\/\/[^/]+\/queues\/[\w-]+$/.test(url) && URL.canParse(url)),
      ),
    ),
  }),
  topics: define({
    name: 'STACKBRIDGE_TOPICS',
    default: '',
    meaning: 'topics of MNS (SMQ) whose pushes stackbridge serve takes at /notifications',
    rule: 'of the form <account>/<topic>, with commas between',
    schema: v.pipe(
      list,
      v.check((topics) => topics.every((topic) => /^\d+\/[\w-]+$/.test(topic))),
    ),
  }),
  topicCertificates: define({
    name: 'STACKBRIDGE_TOPIC_CERTIFICATES',
    default: 'https://mnstest.oss-cn-hangzhou.aliyuncs.com/,https://mns-cert.oss-<region>.aliyuncs.com/',
    meaning:
      'what the URL of the certificate that MNS signs its pushes with begins with; <region> stands for the name of any region',
    rule: 'http or https URLs without a query that end with a slash, with commas between',
    schema: v.pipe(
      list,
      v.minLength(1),
      v.check((prefixes) => prefixes.every(isCertificatePrefix)),
    ),
  }),
} as const

type Definitions = typeof definitions
type Key = keyof Definitions

export type Settings = { readonly [K in Key]: v.InferOutput<Definitions[K]['schema']> }

/**
 * Settings from environment variables. `problems` says which are wrong and what would be right, without their values;
 * those settings have their defaults, so that whoever must answer an event still can.
 */
export function readSettings(environment: Environment): {
  readonly settings: Settings
  readonly problems: readonly string[]
} {
  const problems: string[] = []
  const read = <Schema extends v.GenericSchema<string, unknown>>(definition: Definition<Schema>) =>
    readOne(definition, environment, problems)
  const settings: Settings = {
    logLevel: read(definitions.logLevel),
    timeoutSeconds: read(definitions.timeoutSeconds),
    responseLimitBytes: read(definitions.responseLimitBytes),
    responseUrlOrder: read(definitions.responseUrlOrder),
    allowPrivateAddresses: read(definitions.allowPrivateAddresses),
    intranetCallbackRanges: read(definitions.intranetCallbackRanges),
    callbackHosts: read(definitions.callbackHosts),
    endpointHosts: read(definitions.endpointHosts),
    callbackAttemptTimeoutMs: read(definitions.callbackAttemptTimeoutMs),
    pollMinMs: read(definitions.pollMinMs),
    pollMaxMs: read(definitions.pollMaxMs),
    inlineSeconds: read(definitions.inlineSeconds),
    continuation: read(definitions.continuation),
    continuationKeys: read(definitions.continuationKeys),
    fcEndpoints: read(definitions.fcEndpoints),
    publicUrl: read(definitions.publicUrl),
    bearerTokens: read(definitions.bearerTokens),
    signKeys: read(definitions.signKeys),
    signForm: read(definitions.signForm),
    signHeaders: read(definitions.signHeaders),
    requestLimitBytes: read(definitions.requestLimitBytes),
    maxConnections: read(definitions.maxConnections),
    requestBufferBytes: read(definitions.requestBufferBytes),
    listen: read(definitions.listen),
    journalFolder: read(definitions.journalFolder),
    queueUrls: read(definitions.queueUrls),
    topics: read(definitions.topics),
    topicCertificates: read(definitions.topicCertificates),
  }
  if (settings.signKeys.length > 0 && settings.publicUrl === '')
    problems.push(`${definitions.signKeys.name} needs ${definitions.publicUrl.name}, which is signed, too`)
  if (settings.pollMinMs > settings.pollMaxMs)
    problems.push(`${definitions.pollMinMs.name} must not be above ${definitions.pollMaxMs.name}`)
  const names = Object.values(definitions).map(({ name }): string => name)
  for (const name of Object.keys(environment))
    if (name.startsWith('STACKBRIDGE_') && !names.includes(name)) problems.push(`${name} is not a setting`)
  return { settings, problems }
}

function readOne<Schema extends v.GenericSchema<string, unknown>>(
  definition: Definition<Schema>,
  environment: Environment,
  problems: string[],
): v.InferOutput<Schema> {
  const given = environment[definition.name]
  if (given !== undefined && given !== '') {
    const parsed = v.safeParse(definition.schema, given)
    if (parsed.success) return parsed.output
    problems.push(`${definition.name} must be ${definition.rule}`)
  }
  return v.parse(definition.schema, definition.default)
}

export interface SettingDescription {
  readonly name: string
  readonly default: string
  readonly meaning: string
  readonly rule: string
}

export function describeSettings(): readonly SettingDescription[] {
  return Object.values(definitions).map(({ name, default: byDefault, meaning, rule }) => ({
    name,
    default: byDefault,
    meaning,
    rule,
  }))
}

function isFcEndpoint(text: string): boolean {
  return text === 'internal' || text === 'public' || (/^https?:\/\//.test(text) && URL.canParse(text))
}

function listenAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain ?? ''
  if (isIP(host) === 0 || Number(port) > 65_535) return undefined
  return { host, port: Number(port) }
}

/** A host in lower case, in which `<region>` may stand for a region's name; a path of plain characters. */
const CERTIFICATE_PREFIX =
  /^https?:\/\/(?:[a-z0-9-]|<region>)+(?:\.(?:[a-z0-9-]|<region>)+)*(?::\d{1,5})?\/(?:[\w.~-]+\/)*$/

function isCertificatePrefix(text: string): boolean {
  const example = text.replaceAll('<region>', 'cn-hangzhou')
  return CERTIFICATE_PREFIX.test(text) && URL.canParse(example) && new URL(example).href === example
}

function isOrigin(text: string): boolean {
  return (
    /^https?:\/\//.test(text) && URL.canParse(text) && [text, `${text}/`].includes(`${new URL(text).origin}/`)
  )
}

function isRange(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false
  return Number(prefix) <= (family === 4 ? 32 : 128)
}
