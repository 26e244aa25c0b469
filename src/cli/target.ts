import { openWithReferences } from '../bridge/referenced-environment.ts'
import type { JsonObject, JsonValue } from '../platform/json.ts'
import { isJsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import { fingerprintOf } from '../providers/recognition/fingerprint.ts'
import type { OperationKind, StackRequest, StackSession, Surroundings } from '../providers/provider.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { PropertyProblem } from '../providers/properties/property-problem.ts'
import { providerRegistry } from '../providers/registry.ts'
import { READ_ONLY } from '../providers/session/mode.ts'

export type OpenedTarget =
  | { readonly ok: true; readonly session: StackSession; readonly bridge: BridgeProperties }
  /** Sentences, each with the property that it is about. */
  | { readonly ok: false; readonly problems: readonly string[] }

/**
 * Opens a session for the stack that a complete event is about. `operate` validates all properties; `read` only those that
 * say where the stack is, and opens the stack that a resource reads or leaves behind, too. Adds the event's secrets to `surroundings.secrets`.
 */
export async function openTarget(
  event: JsonObject,
  purpose: 'operate' | 'read',
  surroundings: Surroundings,
  secretSource?: SecretSource,
): Promise<OpenedTarget> {
  const request = requestOf(purpose === 'read' ? asManaged(event) : event, purpose)
  surroundings.secrets.addFrom(request.properties)
  if (request.oldProperties !== undefined) surroundings.secrets.addFrom(request.oldProperties)
  const resolved = providerRegistry.resolve(textOf(event['ResourceType']), request.properties['Provider'])
  if (!resolved.ok) return { ok: false, problems: [resolved.problem] }
  const provider = await resolved.load()
  const opened = await openWithReferences(
    (environment) => provider.open(request, { ...surroundings, environment }),
    surroundings,
    secretSource,
  )
  return opened.ok ? opened : { ok: false, problems: opened.problems.map(asSentence) }
}

/** The stack that a resource reads, or leaves behind, can be read, too: by the properties of one that is managed. */
function asManaged(event: JsonObject): JsonObject {
  const { ResourceProperties: given = null } = event
  if (!isJsonObject(given)) return event
  const { Mode: mode, StackId: readId } = given
  if (mode !== READ_ONLY) return { ...event, ResourceProperties: withoutFields(given, ['OnDelete']) }
  return {
    ...withoutFields(event, ['PhysicalResourceId']),
    ResourceProperties: withoutFields(given, ['OnDelete', 'Mode', 'StackId', 'OnBusy']),
    ...(readId === undefined ? {} : { PhysicalResourceId: readId }),
  }
}

export function withoutFields(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

function requestOf(event: JsonObject, purpose: 'operate' | 'read'): StackRequest {
  const properties = mapOf(event['ResourceProperties'])
  const kind = purpose === 'read' ? 'delete' : kindOf(event['RequestType'])
  const id = textOf(event['PhysicalResourceId'])
  return {
    kind,
    owner: {
      rosStackId: textOf(event['StackId']),
      rosStackName: textOf(event['StackName']),
      logicalResourceId: textOf(event['LogicalResourceId']),
    },
    requestId: textOf(event['RequestId']),
    properties,
    fingerprint: fingerprintOf(properties),
    ...(kind === 'create' || id === '' ? {} : { physicalResourceId: id }),
    ...(kind === 'update' ? { oldProperties: mapOf(event['OldResourceProperties']) } : {}),
  }
}

function kindOf(requestType: JsonValue | undefined): OperationKind {
  switch (requestType) {
    case 'Update':
      return 'update'
    case 'Delete':
      return 'delete'
    default:
      return 'create'
  }
}

function asSentence({ path, problem }: PropertyProblem): string {
  return path === '' ? problem : `${path} ${problem}`
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
