import type { EpochMs } from '../../../platform/clock.ts'
import { writeJson } from '../../../platform/json.ts'
import {
  DriftDetections,
  differencesOf,
  failuresOf,
  hasDrifted,
  type DriftDetection,
  type DriftResult,
} from '../../drift-detections.ts'
import type { ResourceDrift } from '../../resource-drift.ts'
import type { CloudContext } from './cloud-context.ts'
import { validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { driftOf } from './resource-types.ts'
import type { StackRegistry } from './stack-registry.ts'
import { STACK_TYPE, type SandboxResource, type SandboxStack } from './stack.ts'

type Result = DriftResult<SandboxResource>

interface DriftSetup {
  readonly registry: StackRegistry
  readonly context: CloudContext
  readonly driftsPerPage: number
  /** Milliseconds that a detection takes. */
  detectionMs(): number
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html */
const DETECTABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
]
const STATUSES = ['IN_SYNC', 'MODIFIED', 'DELETED', 'NOT_CHECKED', 'UNKNOWN', 'UNSUPPORTED']
const LARGEST_PAGE = 100

/**
 * The detection of drift. Nested stacks are not part of that of their parent. AWS's reference documents each action under its
 * name; it does not document the texts of its refusals.
 */
export class DriftActions {
  readonly actions: ReadonlyMap<string, (request: QueryRequest) => XmlValue>
  readonly #setup: DriftSetup
  readonly #detections: DriftDetections<SandboxResource, SandboxStack>

  constructor(setup: DriftSetup) {
    this.#setup = setup
    const { context } = setup
    this.#detections = new DriftDetections({
      clock: context.clock,
      nextId: () => context.nextId(),
      detectionMs: () => setup.detectionMs(),
      driftIn,
      onEnd: show,
    })
    this.actions = new Map([
      ['DetectStackDrift', (request) => this.#detect(request)],
      ['DescribeStackDriftDetectionStatus', (request) => this.#describeStatus(request)],
      ['DescribeStackResourceDrifts', (request) => this.#describeDrifts(request)],
    ])
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html */
  #detect(request: QueryRequest): XmlValue {
    const stack = this.#setup.registry.existing(request.required('StackName'))
    if (stack.status === 'DELETE_COMPLETE') throw validationError(`Stack with id ${stack.id} does not exist`)
    if (!DETECTABLE.includes(stack.status))
      throw validationError(
        `Stack:${stack.id} is in ${stack.status} state and drift detection can not be performed.`,
      )
    if (this.#detections.isRunning(stack))
      throw validationError(`Drift detection is already in progress for stack [${stack.id}]`)
    return { StackDriftDetectionId: this.#detections.start(stack).id }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackDriftDetectionStatus.html */
  #describeStatus(request: QueryRequest): XmlValue {
    const id = request.required('StackDriftDetectionId')
    const detection = this.#detections.get(id)
    if (detection === undefined) throw validationError(`Drift detection ${id} does not exist`)
    const { stack, startedAt } = detection
    const shown = { StackId: stack.id, StackDriftDetectionId: id, Timestamp: new Date(startedAt) }
    if (detection.isRunning) return { ...shown, DetectionStatus: 'DETECTION_IN_PROGRESS' }
    const failures = failuresOf(
      detection.results,
      ({ logicalId }, reason) => `Failed to detect drift on resource [${logicalId}]: ${reason}`,
    )
    return {
      ...shown,
      StackDriftStatus: stackStatus(detection.results),
      DetectionStatus: failures.length === 0 ? 'DETECTION_COMPLETE' : 'DETECTION_FAILED',
      DetectionStatusReason: failures.length === 0 ? undefined : failures.join('; '),
      DriftedStackResourceCount: detection.results.filter(({ drift }) => hasDrifted(drift)).length,
    }
  }

  /**
   * One entry for each resource that has been checked.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResourceDrifts.html
   */
  #describeDrifts(request: QueryRequest): XmlValue {
    const stack = this.#setup.registry.existing(request.required('StackName'))
    const filters = request.texts('StackResourceDriftStatusFilters')
    const unknown = filters.find((filter) => !STATUSES.includes(filter))
    if (unknown !== undefined)
      throw validationError(
        `1 validation error detected: Value '[${filters.join(', ')}]' at 'stackResourceDriftStatusFilters' failed to satisfy constraint`,
      )
    const most = request.number('MaxResults') ?? LARGEST_PAGE
    if (!Number.isInteger(most) || most < 1 || most > LARGEST_PAGE)
      throw validationError(
        `1 validation error detected: Value '${String(most)}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100`,
      )
    const latest = this.#detections.latest(stack)
    const checked = (latest?.results ?? []).filter(
      ({ drift: { status } }) =>
        status !== 'NOT_CHECKED' && status !== 'FAILED' && (filters.length === 0 || filters.includes(status)),
    )
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + Math.min(most, this.#setup.driftsPerPage)
    return {
      StackResourceDrifts: checked
        .slice(from, until)
        .map((result) => describeDrift(stack, result, latest?.startedAt ?? 0)),
      NextToken: until < checked.length ? String(until) : undefined,
    }
  }
}

function driftIn(stack: SandboxStack, resource: SandboxResource): ResourceDrift {
  const definition = stack.design.template.resources.get(resource.logicalId)
  return resource.type === STACK_TYPE || definition === undefined
    ? { status: 'NOT_CHECKED' }
    : driftOf(definition, resource.properties)
}

function stackStatus(results: readonly Result[]): 'DRIFTED' | 'UNKNOWN' | 'IN_SYNC' {
  if (results.some(({ drift }) => hasDrifted(drift))) return 'DRIFTED'
  return results.some(({ drift }) => drift.status === 'FAILED') ? 'UNKNOWN' : 'IN_SYNC'
}

/** The stack and its resources show the results of its latest detection. */
function show({ stack, startedAt, results }: DriftDetection<SandboxStack, SandboxResource>): void {
  stack.drift = { status: stackStatus(results), checkedAt: startedAt }
  for (const { resource, drift } of results)
    resource.driftStatus = drift.status === 'FAILED' ? 'UNKNOWN' : drift.status
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceDrift.html */
function describeDrift({ id }: SandboxStack, { resource, drift }: Result, checkedAt: EpochMs): XmlValue {
  const { logicalId, physicalId, type, properties } = resource
  const { actual, differences } = differencesOf(properties, drift)
  return {
    StackId: id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ExpectedProperties: drift.status === 'DELETED' ? undefined : writeJson(properties),
    ActualProperties: drift.status === 'DELETED' ? undefined : writeJson(actual),
    PropertyDifferences: differences,
    StackResourceDriftStatus: drift.status,
    Timestamp: new Date(checkedAt),
  }
}
