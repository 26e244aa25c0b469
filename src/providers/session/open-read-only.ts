import type * as v from 'valibot'
import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import { formatReadOnlyId } from '../identifiers/read-only-id.ts'
import { contradictions } from '../properties/identity-problems.ts'
import { bridgeSchema, bridgePropertiesOf, type BridgeProperties } from '../properties/bridge-properties.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import { knownProperties, pathOf } from '../properties/property-schema.ts'
import { readProperties } from '../properties/read-properties.ts'
import type { Opened, StackRequest, Surroundings } from '../provider.ts'
import { ownerDigest } from '../recognition/mark-digest.ts'
import { READ_ONLY } from './mode.ts'
import { ReadOnlySession } from './read-only-session.ts'
import type { ServiceBinding } from './service-binding.ts'

/**
 * Opens a session that only reads. The properties are those that a Delete needs, which say where the stack is: anything else
 * would say how to make one, and is refused. Makes no call.
 */
export function openReadOnly<Full, Existing extends object, Id, Connection>(
  binding: ServiceBinding<Full, Existing, Id, Connection>,
  request: StackRequest,
  surroundings: Surroundings,
): Opened {
  const readBridge = readProperties(bridgeSchema, request.properties)
  if (!readBridge.ok) return readBridge
  const bridge = bridgePropertiesOf(readBridge.properties)
  const read = readProperties(binding.existingProperties, request.properties)
  if (!read.ok) return read
  const { properties } = read
  const { StackId } = bridge
  const name = binding.nameOf(properties)
  const id = StackId === undefined ? undefined : binding.parseId(StackId)
  const reading = readingRequest(request, StackId)
  const misnamed = misnamedIn(request.properties, binding.properties)
  const problems = [
    ...foreignProperties(request.properties, binding.existingProperties),
    ...(bridge.TakeOverFrom === undefined ? [] : [NO_MOVE]),
    ...misnamed,
    ...(misnamed.length > 0 ? [] : namingProblems(bridge, name, id !== undefined, binding.idMeaning)),
    ...(id === undefined ? [] : contradictions(binding.identityChanges(properties, id, reading))),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const connected = binding.connect(properties, id, reading, surroundings)
  if (!connected.ok) return connected
  const inner = binding.session({
    request: reading,
    surroundings,
    connection: connected.connection,
    id,
    properties,
    desired: undefined,
    identityProblems: [],
  })
  const readState = inner.readState?.bind(inner)
  if (readState === undefined) return { ok: false, problems: [{ path: 'Mode', problem: NO_SUCH_MODE }] }
  const reader = {
    readState,
    describe: inner.describe.bind(inner),
    events: inner.events.bind(inner),
    close: inner.close.bind(inner),
  }
  const ownId = request.physicalResourceId ?? formatReadOnlyId(binding.name, ownerDigest(request.owner))
  const ref = { id: ownId, name: StackId ?? name ?? '' }
  return {
    ok: true,
    session: new ReadOnlySession(reader, {
      ref,
      onBusy: bridge.OnBusy ?? 'fail',
      stackName: StackId === undefined ? undefined : name,
    }),
    bridge,
  }
}

const NO_MOVE = { path: 'TakeOverFrom', problem: `must not be given for Mode ${READ_ONLY}` }
const NO_SUCH_MODE = `must be managed: this resource type has no ${READ_ONLY} mode`

/** The same request as one that changes nothing: it knows the stack only by what the properties name. */
function readingRequest(
  { owner, requestId, fingerprint, properties }: StackRequest,
  stackId?: string,
): StackRequest {
  const named = stackId === undefined ? {} : { physicalResourceId: stackId }
  return { kind: 'delete', owner, requestId, fingerprint, properties, ...named }
}

/** Where the properties say which stack is meant. */
const NAMES = ['Stack.Name', 'StackSet.Name', 'StackSetName']
const TARGETS = /^DeploymentTargets\b/

/** Names that no stack can have: the properties of a Delete count them as not given. */
function misnamedIn(given: JsonObject, schema: v.GenericSchema<unknown, unknown>): PropertyProblem[] {
  const read = readProperties(schema, given)
  if (read.ok) return []
  return read.problems.filter(
    ({ path, problem }) => TARGETS.test(path) || (NAMES.includes(path) && !problem.startsWith('is missing')),
  )
}

function namingProblems(
  { StackId }: BridgeProperties,
  name: string | undefined,
  isId: boolean,
  idMeaning: string,
): PropertyProblem[] {
  if (StackId === undefined)
    return name === undefined
      ? [
          {
            path: 'StackId',
            problem: `must be given for Mode ${READ_ONLY}, or else a valid name of the stack`,
          },
        ]
      : []
  return isId ? [] : [{ path: 'StackId', problem: `is not ${idMeaning}` }]
}

/** What the properties hold beside the bridge's own, the connection and the stack's name. */
function foreignProperties(given: JsonObject, schema: v.GenericSchema<unknown, unknown>): PropertyProblem[] {
  const own = new Set(Object.keys(bridgeSchema.entries))
  return unknownIn(given, knownProperties(given, schema), []).filter(({ path }) => !own.has(path))
}

function unknownIn(given: JsonObject, known: JsonObject, path: readonly string[]): PropertyProblem[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === null || value === '') return []
    const { [name]: kept } = known
    if (kept === undefined)
      return [{ path: pathOf([...path, name]), problem: `must not be given for Mode ${READ_ONLY}` }]
    return isJsonObject(value) && isJsonObject(kept) ? unknownIn(value, kept, [...path, name]) : []
  })
}
