import * as v from 'valibot'
import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import { scalarsOf, treeOf } from '../../platform/text-tree.ts'
import { bridgePropertiesOf, type BridgeProperties } from '../properties/bridge-properties.ts'
import { identityProblems } from '../properties/identity-problems.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import { knownProperties } from '../properties/property-schema.ts'
import { readProperties } from '../properties/read-properties.ts'
import { existingEntries } from '../properties/stack-schemas.ts'
import { piecesOf } from '../properties/text-pieces.ts'
import { moveProblems, withMove } from './move.ts'
import { READ_ONLY, asksToRetain, modeChange, onlyReads, retains } from './mode.ts'
import { NothingToDelete } from './nothing-to-delete.ts'
import { openReadOnly } from './open-read-only.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../provider.ts'
import type { Connected, ServiceBinding } from './service-binding.ts'

export type { Connected, ServiceBinding }

/** Makes a provider from the parts in which services differ. */
export function serviceProvider<
  Full extends BridgeProperties,
  Existing extends Pick<BridgeProperties, 'Timeout' | 'StoredOutputs'>,
  Id,
  Connection,
>(binding: ServiceBinding<Full, Existing, Id, Connection>): StackProvider {
  return {
    name: binding.name,
    open(request, surroundings) {
      const isManagedId = (id: string): boolean => binding.parseId(id) !== undefined
      const change = modeChange(request)
      if (change !== undefined) return { ok: false, problems: [change] }
      const reads = onlyReads(request, isManagedId)
      if (request.kind === 'delete' && (reads || retains(request, isManagedId)))
        return { ok: true, session: new NothingToDelete(), bridge: leftToDelete(request) }
      if (reads) return openReadOnly(binding, request, surroundings)
      return request.kind === 'delete' || request.follows !== undefined
        ? openExisting(binding, request, surroundings)
        : openDesired(binding, request, surroundings)
    },
    // In the mode read-only all properties say where the stack is and how to read it.
    propertiesToFollow: (properties) =>
      properties['Mode'] === READ_ONLY ? properties : knownProperties(properties, binding.existingProperties),
  }
}

async function openDesired<Full extends BridgeProperties, Existing, Id, Connection>(
  binding: ServiceBinding<Full, Existing, Id, Connection>,
  given: StackRequest,
  surroundings: Surroundings,
): Promise<Opened> {
  const read = readProperties(binding.properties, given.properties)
  if (!read.ok) return read
  const { properties } = read
  const request = withMove(given, properties)
  await binding.keepSecret(properties, surroundings)
  if (request.oldProperties !== undefined) await keepSecretsOf(request.oldProperties, binding, surroundings)
  const id = request.kind === 'update' ? binding.parseId(request.physicalResourceId ?? '') : undefined
  const connected = binding.connect(properties, id, request, surroundings)
  const problems = [
    ...binding.problems(properties, request),
    ...onlyForReading(properties),
    ...moveProblems(properties, { name: nameIn(binding, request), immovable: binding.immovable }),
    ...(request.kind === 'update' && id === undefined ? [foreignId(binding.idMeaning)] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const session = binding.session({
    request,
    surroundings,
    connection: connected.connection,
    id,
    properties,
    desired: properties,
    identityProblems: identityProblems(
      id === undefined ? [] : binding.identityChanges(properties, id, request),
    ),
  })
  return { ok: true, session, bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is deleted, or whose operation has started. */
async function openExisting<
  Full,
  Existing extends Pick<BridgeProperties, 'Timeout' | 'StoredOutputs'>,
  Id,
  Connection,
>(
  binding: ServiceBinding<Full, Existing, Id, Connection>,
  request: StackRequest,
  surroundings: Surroundings,
): Promise<Opened> {
  // A continuation holds the secrets, and no template.
  if (request.follows === undefined) await keepSecretsOf(request.properties, binding, surroundings)
  const read = readProperties(binding.existingProperties, request.properties)
  if (!read.ok) return read
  const { properties } = read
  // ROS makes up an id for a Create that never answered. Then the name and the mark lead to the stack.
  const id = binding.parseId(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = binding.connect(properties, id, request, surroundings)
  if (!connected.ok) return connected
  const session = binding.session({
    request,
    surroundings,
    connection: connected.connection,
    id,
    properties,
    desired: undefined,
    identityProblems: [],
  })
  const { Timeout, StoredOutputs } = properties
  return { ok: true, session, bridge: { Timeout, StoredOutputs: storedOf(request, StoredOutputs) } }
}

/** What a Delete that leaves the stack removes all the same: what the bridge has stored itself. */
function leftToDelete(request: StackRequest): BridgeProperties {
  const read = readProperties(v.object(existingEntries), request.properties)
  if (!read.ok) return {}
  const { Timeout, StoredOutputs } = read.properties
  return { Timeout, StoredOutputs: storedOf(request, StoredOutputs) }
}

/** What is stored belongs to the stack that may stay. */
function storedOf(
  request: StackRequest,
  stored: BridgeProperties['StoredOutputs'],
): BridgeProperties['StoredOutputs'] {
  return request.kind === 'delete' && asksToRetain(request) ? undefined : stored
}

/** Properties in which a value of the stack may be hidden. */
const MAY_HIDE = ['Parameters', 'Environment', 'VarsBody', 'VarsStructure', 'InputsJson']

/**
 * Masks the hidden values of properties that need not be valid: those of a Delete, and the old ones of an Update.
 * Invalid properties do not tell which values are hidden, so all that may be are masked.
 */
async function keepSecretsOf<Full, Existing, Id, Connection>(
  given: JsonObject,
  binding: ServiceBinding<Full, Existing, Id, Connection>,
  surroundings: Surroundings,
): Promise<void> {
  const read = readProperties(binding.properties, given)
  if (read.ok) {
    await binding.keepSecret(read.properties, surroundings)
    return
  }
  const texts = Object.values(given)
    .filter(isJsonObject)
    .flatMap((holder) => MAY_HIDE.flatMap((name) => scalarsOf(treeOf(holder[name] ?? null))))
  for (const text of texts)
    for (const value of [text, ...piecesOf(text)]) surroundings.secrets.addHidden(value)
}

/** The name of the stack that the properties give. */
function nameIn<Full, Existing, Id, Connection>(
  binding: ServiceBinding<Full, Existing, Id, Connection>,
  request: StackRequest,
): string | undefined {
  const read = readProperties(binding.existingProperties, request.properties)
  return read.ok ? binding.nameOf(read.properties) : undefined
}

function onlyForReading({ StackId, OnBusy }: BridgeProperties): PropertyProblem[] {
  const problem = `must not be given unless Mode is ${READ_ONLY}`
  return Object.entries({ StackId, OnBusy }).flatMap(([path, value]) =>
    value === undefined ? [] : [{ path, problem }],
  )
}

function foreignId(idMeaning: string): PropertyProblem {
  const problem = `is not ${idMeaning}: this resource was not created by this provider`
  return { path: 'PhysicalResourceId', problem }
}
