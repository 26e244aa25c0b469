/**
 * The exports of the npm package: the interface for providers of other clouds, and the functions to serve ROS events in
 * another process. docs/library.md has an example of each.
 */

export { serveEvent } from '../src/bridge/serve-event.ts'
export type { Host, SelfInvocation, Served, Watcher } from '../src/bridge/host.ts'
export type { Verdict } from '../src/bridge/operation.ts'

export { CloudError } from '../src/providers/provider.ts'
export type {
  Check,
  Condition,
  CreateOutcome,
  DeleteOutcome,
  Explanation,
  Found,
  Observation,
  Opened,
  OperationKind,
  Outputs,
  Owner,
  Ownership,
  ProviderRegistry,
  Resolved,
  StackEvent,
  StackProvider,
  StackRef,
  StackRequest,
  StackSession,
  Surroundings,
  UpdateOutcome,
  Watch,
} from '../src/providers/provider.ts'
export { providerRegistry } from '../src/providers/registry.ts'

export { bridgeEntries, bridgePropertiesOf } from '../src/providers/properties/bridge-properties.ts'
export type { BridgeProperties } from '../src/providers/properties/bridge-properties.ts'
export { flag, integer, problemsOf, text } from '../src/providers/properties/property-schema.ts'
export type { PropertyProblem } from '../src/providers/properties/property-problem.ts'

export { systemClock } from '../src/platform/clock.ts'
export type { Clock, EpochMs } from '../src/platform/clock.ts'
export type { JsonObject, JsonValue } from '../src/platform/json.ts'
export { createLogger } from '../src/platform/log.ts'
export type { Logger, LogOptions } from '../src/platform/log.ts'
export { createNetwork, ForbiddenAddressError } from '../src/platform/network.ts'
export type { Network, NetworkOptions } from '../src/platform/network.ts'
export { Secrets } from '../src/platform/secrets.ts'
export { readSettings } from '../src/platform/settings.ts'
export type { Environment, Settings } from '../src/platform/settings.ts'
