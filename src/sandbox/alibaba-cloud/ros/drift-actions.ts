import type { Clock, EpochMs } from '../../../platform/clock.ts'
import { writeJson, type JsonObject } from '../../../platform/json.ts'
import type { ResourceDrift } from '../../resource-drift.ts'
import { driftOf } from './resource-types.ts'
import { invalid, notSupported, type RpcRequest } from './rpc.ts'
import { asObject, timeText } from './stack-description.ts'
import { isIn, notFound, requireIdle, type Place, type StackRegistry } from './stack-registry.ts'
import { isDeleted, STACK_TYPE, type SandboxRosResource, type SandboxRosStack } from './stack.ts'

interface Detection {
  readonly id: string
  readonly stack: SandboxRosStack
  readonly startedAt: EpochMs
  isRunning: boolean
  readonly results: readonly Result[]
}

interface Result {
  readonly resource: SandboxRosResource
  readonly drift: ResourceDrift
}

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
  /** By id. */
  readonly #detections = new Map<string, Detection>()

  constructor(setup: DriftSetup) {
    this.#setup = setup
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
    const detection: Detection = {
      id: this.#setup.registry.nextId(),
      stack,
      startedAt: this.#setup.clock.now(),
      isRunning: true,
      results: [...stack.resources.values()].map((resource) => ({
        resource,
        drift: driftIn(stack, resource),
      })),
    }
    this.#detections.set(detection.id, detection)
    void this.#run(detection)
    return { DriftDetectionId: detection.id }
  }

  async #run(detection: Detection): Promise<void> {
    await this.#setup.clock.sleep(this.#setup.detectionMs())
    detection.isRunning = false
    for (const { resource, drift } of detection.results)
      resource.driftStatus = drift.status === 'FAILED' ? 'NOT_CHECKED' : drift.status
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstackdriftdetectionstatus */
  #status(request: RpcRequest, place: Place): JsonObject {
    const DriftDetectionId = request.required('DriftDetectionId')
    const detection = this.#detections.get(DriftDetectionId)
    if (detection === undefined || !isIn(detection.stack, place))
      throw invalid('DriftDetectionId', DriftDetectionId)
    const { stack, startedAt, results, isRunning } = detection
    const failures = results.flatMap(({ resource, drift }) =>
      drift.status === 'FAILED' ? [`${resource.logicalId}: ${drift.reason}`] : [],
    )
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
    const latest = [...this.#detections.values()].findLast((one) => one.stack === stack && !one.isRunning)
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

function hasDrifted({ status }: ResourceDrift): boolean {
  return status === 'MODIFIED' || status === 'DELETED'
}

function describeDrift(stack: SandboxRosStack, { resource, drift }: Result, checkedAt: EpochMs): JsonObject {
  const { logicalId, physicalId, type, properties } = resource
  const names = drift.status === 'MODIFIED' ? drift.properties : []
  const actual = { ...properties, ...Object.fromEntries(names.map((name) => [name, CHANGED])) }
  return {
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceDriftStatus: drift.status,
    DriftDetectionTime: timeText(checkedAt),
    ExpectedProperties: writeJson(properties),
    ActualProperties: writeJson(drift.status === 'DELETED' ? {} : actual),
    PropertyDifferences: names.map((name) => ({
      PropertyPath: `/${name}`,
      ExpectedValue: writeJson(properties[name] ?? null),
      ActualValue: CHANGED,
      DifferenceType: 'NOT_EQUAL',
    })),
  }
}

const CHANGED = 'changed outside of the stack'
