import type { Clock, EpochMs } from '../../../platform/clock.ts'
import { writeJson, type JsonObject } from '../../../platform/json.ts'
import {
  DriftDetections,
  differencesOf,
  failuresOf,
  hasDrifted,
  type DriftDetection,
  type DriftResult,
} from '../../drift-detections.ts'
import type { ResourceDrift } from '../../resource-drift.ts'
import { driftOf } from './resource-types.ts'
import { invalid, notSupported, type RpcRequest } from './rpc.ts'
import { asObject, timeText } from './stack-description.ts'
import { isIn, notFound, requireIdle, type Place, type StackRegistry } from './stack-registry.ts'
import { isDeleted, STACK_TYPE, type SandboxRosResource, type SandboxRosStack } from './stack.ts'

type Result = DriftResult<SandboxRosResource>

interface DriftSetup {
  readonly registry: StackRegistry
  readonly clock: Clock
  /** Milliseconds that a detection takes. */
  detectionMs(): number
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/detect-drift-on-a-stack */
const DETECTABLE = /^(CREATE|UPDATE|ROLLBACK|CHECK)_COMPLETE$|^(UPDATE|ROLLBACK|CHECK)_FAILED$/
const STATUSES = ['IN_SYNC', 'MODIFIED', 'DELETED', 'NOT_CHECKED']
const LARGEST_PAGE = 50

/**
 * The detection of drift. Nested stacks are not part of that of their parent. ROS's reference documents each action under its name,
 * and not what a second detection meets while one runs: here both run.
 */
export class DriftActions {
  readonly actions: ReadonlyMap<string, (request: RpcRequest, place: Place) => JsonObject>
  readonly #setup: DriftSetup
  readonly #detections: DriftDetections<SandboxRosResource, SandboxRosStack>

  constructor(setup: DriftSetup) {
    this.#setup = setup
    this.#detections = new DriftDetections({
      clock: setup.clock,
      nextId: () => setup.registry.nextId(),
      detectionMs: () => setup.detectionMs(),
      driftIn,
      onEnd: show,
    })
    this.actions = new Map([
      ['DetectStackDrift', (request, place) => this.#detect(request, place)],
      ['GetStackDriftDetectionStatus', (request, place) => this.#status(request, place)],
      ['ListStackResourceDrifts', (request, place) => this.#drifts(request, place)],
    ])
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-detectstackdrift */
  #detect(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#setup.registry.existing(request, place)
    if (isDeleted(stack)) throw notFound(stack.name)
    requireIdle(stack)
    if (!DETECTABLE.test(stack.status))
      throw notSupported(`Detecting drift of a stack in status ${stack.status}`)
    return { DriftDetectionId: this.#detections.start(stack).id }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstackdriftdetectionstatus */
  #status(request: RpcRequest, place: Place): JsonObject {
    const DriftDetectionId = request.required('DriftDetectionId')
    const detection = this.#detections.get(DriftDetectionId)
    if (detection === undefined || !isIn(detection.stack, place))
      throw invalid('DriftDetectionId', DriftDetectionId)
    const { stack, startedAt, results, isRunning } = detection
    const failures = failuresOf(results, ({ logicalId }, reason) => `${logicalId}: ${reason}`)
    const drifted = results.filter(({ drift }) => hasDrifted(drift)).length
    const ended = failures.length === 0 ? 'DETECTION_COMPLETE' : 'DETECTION_FAILED'
    return asObject({
      StackId: stack.id,
      DriftDetectionId,
      DriftDetectionTime: timeText(startedAt),
      DriftDetectionStatus: isRunning ? 'DETECTION_IN_PROGRESS' : ended,
      DriftDetectionStatusReason: isRunning || failures.length === 0 ? undefined : failures.join('; '),
      StackDriftStatus: isRunning ? 'NOT_CHECKED' : drifted > 0 ? 'DRIFTED' : 'IN_SYNC',
      DriftedStackResourceCount: isRunning ? undefined : drifted,
    })
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackresourcedrifts */
  #drifts(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#setup.registry.existing(request, place)
    const filters = request.texts('ResourceDriftStatus')
    const unknown = filters.find((filter) => !STATUSES.includes(filter))
    if (unknown !== undefined) throw invalid('ResourceDriftStatus', unknown)
    const most = request.integer('MaxResults', 1, LARGEST_PAGE) ?? LARGEST_PAGE
    const from = Number(request.text('NextToken') ?? '0')
    const latest = this.#detections.latest(stack)
    const listed = (latest?.results ?? []).filter(
      ({ drift: { status } }) => status !== 'FAILED' && (filters.length === 0 || filters.includes(status)),
    )
    const until = from + most
    return asObject({
      ResourceDrifts: listed
        .slice(from, until)
        .map((result) => describeDrift(stack, result, latest?.startedAt ?? 0)),
      NextToken: until < listed.length ? String(until) : undefined,
    })
  }
}

function driftIn(stack: SandboxRosStack, resource: SandboxRosResource): ResourceDrift {
  const { logicalId, type, properties } = resource
  const metadata = stack.design.template.resources.get(logicalId)?.metadata ?? {}
  return type === STACK_TYPE ? { status: 'NOT_CHECKED' } : driftOf({ type, metadata }, properties)
}

/** The resources show the results of the latest detection. */
function show({ results }: DriftDetection<SandboxRosStack, SandboxRosResource>): void {
  for (const { resource, drift } of results)
    resource.driftStatus = drift.status === 'FAILED' ? 'NOT_CHECKED' : drift.status
}

function describeDrift(stack: SandboxRosStack, { resource, drift }: Result, checkedAt: EpochMs): JsonObject {
  const { logicalId, physicalId, type, properties } = resource
  const { actual, differences } = differencesOf(properties, drift)
  return {
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceDriftStatus: drift.status,
    DriftDetectionTime: timeText(checkedAt),
    ExpectedProperties: writeJson(properties),
    ActualProperties: writeJson(drift.status === 'DELETED' ? {} : actual),
    PropertyDifferences: differences,
  }
}
