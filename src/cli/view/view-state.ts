import type { EpochMs } from '../../platform/clock.ts'
import { displayStateOf, isUnderWay } from './display-state.ts'
import type { OperationReport, Report, ResourceReport, StackEventReport, StatusReport } from '../report.ts'

/** What is being worked on, as the reports so far have told. */
export interface ViewState {
  /** The operation on a ROS template's stack; absent for a command without a template. */
  readonly operation?: Operation
  /** The foreign stacks that are being worked on, by the custom resource that each belongs to. */
  readonly works: ReadonlyMap<string, Work>
  /** When the elapsed time of reports was 0. */
  readonly zeroAt: EpochMs
}

export interface Operation {
  readonly action: OperationReport['action']
  readonly stackName: string
  /** Elapsed milliseconds. */
  readonly startedAt: number
  readonly total: number
  /** How each resource that is no longer worked on has ended. */
  readonly ended: readonly Ending[]
}

export type Ending =
  'created' | 'updated' | 'deleted' | 'kept' | 'unchanged' | 'failed' | 'refused' | 'stood in for'

export interface Work {
  readonly name: string
  readonly status: string
  /** Elapsed milliseconds. */
  readonly startedAt: number
  /** How many resources the foreign stack will have, or has; `undefined` where that is not known. */
  readonly total: number | undefined
  readonly parts: ReadonlyMap<string, Part>
}

/** A resource of a foreign stack. */
export interface Part {
  readonly type: string
  readonly status: string
  /** Elapsed milliseconds. */
  readonly startedAt: number
}

export function emptyView(now: EpochMs): ViewState {
  return { works: new Map(), zeroAt: now }
}

/** The state after a report that arrived at `now`. */
export function afterReport(state: ViewState, report: Report, now: EpochMs): ViewState {
  switch (report.type) {
    case 'operation':
      return { ...withZero(state, report.elapsedMs, now), operation: startOf(report) }
    case 'event':
      return withWork({ ...state, zeroAt: now }, report.resource, {
        status: `${report.requestType.toUpperCase()}_IN_PROGRESS`,
        startedAt: 0,
        total: report.requestType === 'Update' ? undefined : report.stackResources,
      })
    case 'watching':
      return withWork({ ...state, zeroAt: now }, report.name, {
        status: report.status,
        startedAt: 0,
        total: undefined,
      })
    case 'resource':
      return afterResource(withZero(state, report.elapsedMs, now), report)
    case 'status':
      return afterStatus(state, report, now)
    case 'stack-event':
      return afterStackEvent(state, report)
    case 'answer':
      return withoutWork(state, report.resource)
    case 'settled':
    case 'stack':
    case 'scenario':
      return emptyView(now)
    default:
      return state
  }
}

/** How long a resource has taken that a report shows as ended; milliseconds. */
export function durationOf(state: ViewState, report: ResourceReport | StackEventReport): number | undefined {
  if (isUnderWay(report.status)) return undefined
  const started = startedBefore(state, report)
  return started === undefined ? undefined : Math.max(0, report.elapsedMs - started)
}

function startedBefore(state: ViewState, report: ResourceReport | StackEventReport): number | undefined {
  if (report.type === 'resource') return state.works.get(report.resource)?.startedAt
  const name = nameOf(report.customResource, state)
  const part = name === undefined ? undefined : state.works.get(name)?.parts.get(report.resource)
  return part !== undefined && isUnderWay(part.status) ? part.startedAt : undefined
}

function startOf({ action, stackName, resources, elapsedMs }: OperationReport): Operation {
  return { action, stackName, startedAt: elapsedMs, total: resources, ended: [] }
}

function withZero(state: ViewState, elapsedMs: number, now: EpochMs): ViewState {
  return { ...state, zeroAt: now - elapsedMs }
}

function withWork(state: ViewState, name: string, work: Omit<Work, 'name' | 'parts'>): ViewState {
  return { ...state, works: new Map(state.works).set(name, { name, parts: new Map(), ...work }) }
}

function withoutWork(state: ViewState, name: string): ViewState {
  const works = new Map(state.works)
  works.delete(name)
  return { ...state, works }
}

/** A command may show no more of an operation than its status. */
function afterStatus(state: ViewState, report: StatusReport, now: EpochMs): ViewState {
  const { status, elapsedMs, customResource } = report
  const name = nameOf(customResource, state)
  if (name === undefined) return state
  const work = state.works.get(name)
  return work === undefined
    ? withWork(withZero(state, elapsedMs, now), name, { status, startedAt: elapsedMs, total: undefined })
    : { ...state, works: new Map(state.works).set(name, { ...work, status }) }
}

function afterResource(state: ViewState, report: ResourceReport): ViewState {
  const { resource, status, elapsedMs, stackResources } = report
  if (isUnderWay(status))
    return withWork(state, resource, {
      status,
      startedAt: elapsedMs,
      total: status.startsWith('UPDATE') ? undefined : stackResources,
    })
  const { operation, ...rest } = withoutWork(state, resource)
  return operation === undefined
    ? rest
    : { ...rest, operation: { ...operation, ended: [...operation.ended, endingOf(report)] } }
}

function endingOf({ status, refused, standIn, kept }: ResourceReport): Ending {
  if (refused === true) return 'refused'
  if (displayStateOf(status) === 'failure') return 'failed'
  if (displayStateOf(status) === 'unchanged') return 'unchanged'
  if (standIn === true) return 'stood in for'
  if (kept === true) return 'kept'
  if (status.startsWith('DELETE')) return 'deleted'
  return status.startsWith('CREATE') ? 'created' : 'updated'
}

function afterStackEvent(state: ViewState, report: StackEventReport): ViewState {
  const name = nameOf(report.customResource, state)
  const work = name === undefined ? undefined : state.works.get(name)
  if (name === undefined || work === undefined) return state
  const { resource, stackName, status, resourceType: type, elapsedMs } = report
  if (resource === stackName) return { ...state, works: new Map(state.works).set(name, { ...work, status }) }
  const before = work.parts.get(resource)
  const isSameWork = before !== undefined && isUnderWay(before.status) && before.status === status
  const startedAt = isSameWork ? before.startedAt : elapsedMs
  const parts = new Map(work.parts).set(resource, { type, status, startedAt })
  return { ...state, works: new Map(state.works).set(name, { ...work, parts }) }
}

/** `watch` follows one stack, which belongs to no custom resource. */
function nameOf(customResource: string | null, { works }: ViewState): string | undefined {
  return customResource ?? [...works.keys()][0]
}
