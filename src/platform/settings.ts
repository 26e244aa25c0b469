import * as v from 'valibot'
import { nearest } from './nearest-name.ts'
import { isSocks } from './proxy.ts'
import type { SettingDefinition } from './settings/definition.ts'
import { httpSettings } from './settings/http-settings.ts'
import { networkSettings } from './settings/network-settings.ts'
import { proxySettings } from './settings/proxy-settings.ts'
import { operationSettings } from './settings/operation-settings.ts'
import { secretSettings } from './settings/secret-settings.ts'
import { serverSettings } from './settings/server-settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The single source of every setting: what is read, checked and listed. */
const definitions = {
  ...operationSettings,
  ...networkSettings,
  ...secretSettings,
  ...proxySettings,
  ...httpSettings,
  ...serverSettings,
} as const

type Definitions = typeof definitions
type Key = keyof Definitions

export type Settings = { readonly [K in Key]: v.InferOutput<Definitions[K]['schema']> }

export interface ReadSettings {
  readonly settings: Settings
  /** What is wrong, and what would be right. */
  readonly problems: readonly string[]
  /** What is set and has no effect, for the log. */
  readonly warnings: readonly string[]
}

/**
 * Reads the settings from environment variables; an empty variable counts as absent. `problems` names each wrong setting and
 * says what a valid value is, without quoting the given value. A wrong setting has its default, so that an event can still
 * be answered. Never throws.
 */
export function readSettings(environment: Environment): ReadSettings {
  const problems: string[] = []
  const settings = readAll(environment, problems)
  const socks = socksIn(settings, environment)
  return {
    settings,
    warnings: socks === 'ignored' ? [`${definitions.allProxy.name} names a SOCKS proxy: it is ignored`] : [],
    problems: [
      ...problems,
      ...conflictsIn(settings),
      ...(socks === 'needed' ? [NO_SOCKS] : []),
      ...givenTwice(settings, environment),
      ...unknownIn(environment),
    ],
  }
}

/** Adds what is wrong to `problems`. */
function readAll(environment: Environment, problems: string[]): Settings {
  const read = <Schema extends v.GenericSchema<string, unknown>>(definition: SettingDefinition<Schema>) =>
    readOne(definition, environment, problems)
  return {
    logLevel: read(definitions.logLevel),
    timeoutSeconds: read(definitions.timeoutSeconds),
    pollMinMs: read(definitions.pollMinMs),
    pollMaxMs: read(definitions.pollMaxMs),
    inlineSeconds: read(definitions.inlineSeconds),
    continuation: read(definitions.continuation),
    continuationKeys: read(definitions.continuationKeys),
    allowAdoption: read(definitions.allowAdoption),
    fcEndpoints: read(definitions.fcEndpoints),
    handOffQueue: read(definitions.handOffQueue),
    handOffTokens: read(definitions.handOffTokens),
    responseLimitBytes: read(definitions.responseLimitBytes),
    responseUrlOrder: read(definitions.responseUrlOrder),
    allowPrivateAddresses: read(definitions.allowPrivateAddresses),
    intranetCallbackRanges: read(definitions.intranetCallbackRanges),
    callbackHosts: read(definitions.callbackHosts),
    endpointHosts: read(definitions.endpointHosts),
    callbackAttemptTimeoutMs: read(definitions.callbackAttemptTimeoutMs),
    secretReferences: read(definitions.secretReferences),
    secretsMaxAgeSeconds: read(definitions.secretsMaxAgeSeconds),
    kmsEndpoints: read(definitions.kmsEndpoints),
    oosEndpoints: read(definitions.oosEndpoints),
    kmsInstanceId: read(definitions.kmsInstanceId),
    kmsEncryptionKeyId: read(definitions.kmsEncryptionKeyId),
    httpsProxy: read(definitions.httpsProxy),
    httpProxy: read(definitions.httpProxy),
    allProxy: read(definitions.allProxy),
    noProxy: read(definitions.noProxy),
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
    maxActiveOperations: read(definitions.maxActiveOperations),
    queueUrls: read(definitions.queueUrls),
    topics: read(definitions.topics),
    topicTokens: read(definitions.topicTokens),
    metricsTokens: read(definitions.metricsTokens),
    operationsTokens: read(definitions.operationsTokens),
    topicCertificates: read(definitions.topicCertificates),
  }
}

function readOne<Schema extends v.GenericSchema<string, unknown>>(
  definition: SettingDefinition<Schema>,
  environment: Environment,
  problems: string[],
): v.InferOutput<Schema> {
  const given = valueOf(environment, definition.name)
  if (given !== undefined && given !== '') {
    const parsed = v.safeParse(definition.schema, given)
    if (parsed.success) return parsed.output
    problems.push(`${definition.name} must be ${definition.rule}`)
  }
  return v.parse(definition.schema, definition.default)
}

/** The variables of other tools have names in lower case, too, which count first. */
function valueOf(environment: Environment, name: string): string | undefined {
  const lower = name.startsWith('STACKBRIDGE_') ? undefined : environment[name.toLowerCase()]
  return lower === undefined || lower === '' ? environment[name] : lower
}

function conflictsIn({ signKeys, publicUrl, pollMinMs, pollMaxMs }: Settings): readonly string[] {
  const conflicts: string[] = []
  if (signKeys.length > 0 && publicUrl === '')
    conflicts.push(
      `${definitions.signKeys.name} needs ${definitions.publicUrl.name}: the signature covers the URL of the service token`,
    )
  if (pollMinMs > pollMaxMs)
    conflicts.push(`${definitions.pollMinMs.name} must not be larger than ${definitions.pollMaxMs.name}`)
  return conflicts
}

/** `needed`: without the SOCKS proxy of `ALL_PROXY` there is no way out. */
function socksIn({ httpsProxy, noProxy }: Settings, environment: Environment): 'none' | 'ignored' | 'needed' {
  if (!isSocks(valueOf(environment, definitions.allProxy.name) ?? '')) return 'none'
  return httpsProxy !== undefined || noProxy.includes('*') ? 'ignored' : 'needed'
}

const NO_SOCKS =
  `${definitions.allProxy.name} must be ${definitions.allProxy.rule}: SOCKS is not supported. Name such a proxy in ` +
  `${definitions.httpsProxy.name}, or set ${definitions.noProxy.name} to * where none is needed`

/** A value in the environment would be what the reference is to keep out of it. */
function givenTwice({ secretReferences }: Settings, environment: Environment): readonly string[] {
  return secretReferences
    .filter(({ variable }) => (environment[variable] ?? '') !== '')
    .map(
      ({ variable }) =>
        `${variable} must not be set beside its reference in ${definitions.secretReferences.name}`,
    )
}

/** Comparing a name with all settings takes time. */
const MOST_UNKNOWN = 20

function unknownIn(environment: Environment): readonly string[] {
  const names = Object.values(definitions).map(({ name }): string => name)
  return Object.keys(environment)
    .filter((name) => name.startsWith('STACKBRIDGE_') && !names.includes(name))
    .slice(0, MOST_UNKNOWN)
    .map((name) => {
      const near = nearest(name, names)
      const hint = near === undefined ? '' : `did you mean ${near}? `
      return `${name} is not a setting; ${hint}"stackbridge settings" lists all settings`
    })
}

export type SettingDescription = Pick<
  SettingDefinition<v.GenericSchema<string, unknown>>,
  'name' | 'default' | 'meaning' | 'rule'
>

/** All settings, in the order in which they are listed for users. */
export function describeSettings(): readonly SettingDescription[] {
  return Object.values(definitions).map(({ name, default: byDefault, meaning, rule }) => ({
    name,
    default: byDefault,
    meaning,
    rule,
  }))
}
