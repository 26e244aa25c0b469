import { systemClock } from '../platform/clock.ts'
import { isJsonObject, type JsonObject, type JsonValue, writeJson } from '../platform/json.ts'
import { startResponseServer } from '../sandbox/ros/response-server.ts'
import type { Answer } from '../sandbox/ros/answer-rules.ts'
import { completeEvent, hasResponseUrl, readEventFile } from './event-file.ts'
import type { Served } from '../bridge/host.ts'
import type { Verdict } from '../bridge/operation.ts'
import { foreignResourceCount } from './foreign-resource-count.ts'
import type { LocalBridge } from './local-bridge/local-bridge.ts'
import { quoted } from './options/local-stack-options.ts'
import type { NextStep, Renderer } from './report.ts'
import { shownAnswer } from './shown-answer.ts'
import { noteTo, startSandboxClouds } from './sandbox-clouds/sandbox-clouds.ts'
import { StackWatcher } from './watch/stack-watcher.ts'

export interface InvokeOptions {
  readonly files: readonly string[]
  readonly sandbox: boolean
  readonly stdin: AsyncIterable<unknown>
  /** Called for each event with its watcher, which knows the stack of the operation. */
  readonly onStart: (watcher: StackWatcher, resourceType: string) => void
}

/** How often the stack's events are read for display; milliseconds. */
const CLOUD_INTERVAL_MS = 2000
const SANDBOX_INTERVAL_MS = 100
/** How long each resource takes in the embedded CloudFormation; milliseconds. */
const SANDBOX_RESOURCE_MS = 300

/** Serves event files one after the other; true when each was answered SUCCESS. Throws `UsageError`. */
export async function invoke(
  options: InvokeOptions,
  bridge: LocalBridge,
  renderer: Renderer,
): Promise<boolean> {
  const events = await Promise.all(options.files.map((file) => readEventFile(file, options.stdin)))
  const responses = await startResponseServer()
  const clouds = options.sandbox
    ? await startSandboxClouds({ resourceDelayMs: SANDBOX_RESOURCE_MS, note: noteTo(renderer) })
    : undefined
  let physicalResourceId: string | undefined
  let allSucceeded = true
  let failedCreate: string | undefined
  try {
    for (const [index, given] of events.entries()) {
      const complete = completeEvent(withId(given, physicalResourceId))
      const event = clouds?.connectedEvent(complete) ?? complete
      const { answer, isRefusal } = await serveOne(event, options, { responses, bridge, renderer })
      physicalResourceId = answer?.physicalResourceId ?? physicalResourceId
      const isSuccess = answer?.status === 'SUCCESS'
      if (!isSuccess && !isRefusal && event['RequestType'] === 'Create') failedCreate ??= options.files[index]
      allSucceeded &&= isSuccess
    }
    if (options.sandbox && failedCreate !== undefined && failedCreate !== '-')
      renderer.report({ type: 'next', steps: [diagnosisOf(failedCreate)] })
    return allSucceeded
  } finally {
    await Promise.all([responses.close(), clouds?.close()])
  }
}

/** An id would be of no use, since the embedded clouds end with this process. */
function diagnosisOf(file: string): NextStep {
  const command = `stackbridge diagnose --sandbox ${quoted(file)}`
  return { command, why: 'makes the stack again, and tells the cause' }
}

interface ServedEvent {
  readonly answer: Answer | undefined
  /** No operation was started, so of a failure only the reason is known. */
  readonly isRefusal: boolean
}

interface EventServing {
  readonly responses: Awaited<ReturnType<typeof startResponseServer>>
  readonly bridge: LocalBridge
  readonly renderer: Renderer
}

async function serveOne(
  event: JsonObject,
  options: InvokeOptions,
  { responses, bridge, renderer }: EventServing,
): Promise<ServedEvent> {
  const awaited = responses.await({
    stackId: text(event['StackId']),
    requestId: text(event['RequestId']),
    logicalResourceId: text(event['LogicalResourceId']),
    physicalResourceId:
      event['PhysicalResourceId'] === undefined ? undefined : text(event['PhysicalResourceId']),
  })
  const comesHere = !hasResponseUrl(event)
  const sent = comesHere ? { ...event, ResponseURL: awaited.url } : event
  const resource = text(event['LogicalResourceId'])
  const stackResources = foreignResourceCount(mapIn(event['ResourceProperties']))
  renderer.report({
    type: 'event',
    requestType: text(event['RequestType']),
    resource,
    resourceType: text(event['ResourceType']),
    ...(stackResources === undefined ? {} : { stackResources }),
  })
  const watcher = new StackWatcher({
    renderer,
    clock: systemClock,
    intervalMs: options.sandbox ? SANDBOX_INTERVAL_MS : CLOUD_INTERVAL_MS,
    customResource: resource,
  })
  options.onStart(watcher, text(event['ResourceType']))
  const served = await bridge.serve(Buffer.from(writeJson(sent)), watcher)
  await watcher.finish()
  return shownEnd(served, watcher, {
    resource,
    answerOf: async (verdict) => (comesHere ? (await awaited.first).answer : asAnswer(verdict, resource)),
  })
}

/** Reports how the event has ended. `answerOf`: the answer that was made from a verdict. */
async function shownEnd(
  served: Served,
  watcher: StackWatcher,
  {
    resource,
    answerOf,
  }: { readonly resource: string; readonly answerOf: (verdict: Verdict) => Promise<Answer | undefined> },
): Promise<ServedEvent> {
  const { elapsedMs, hasStartedNothing: isRefusal } = watcher
  switch (served.kind) {
    case 'unanswerable': {
      const reason = served.problems.join('; ')
      watcher.report({ type: 'answer', resource, status: 'FAILED', reason, refused: true, elapsedMs })
      return { answer: undefined, isRefusal: true }
    }
    case 'undelivered':
    case 'refused': {
      const reason = `The answer ${served.verdict.status} was not delivered: the ResponseURL does not accept it`
      watcher.report({ type: 'answer', resource, status: 'FAILED', reason, elapsedMs })
      return { answer: undefined, isRefusal }
    }
    case 'handed-over':
      throw new TypeError('The command line cannot hand off an operation')
    case 'answered': {
      const answer = await answerOf(served.verdict)
      const refused = answer?.status === 'FAILED' ? { refused: isRefusal } : {}
      if (answer !== undefined)
        watcher.report({ type: 'answer', ...shownAnswer(answer), ...refused, elapsedMs })
      return { answer, isRefusal }
    }
  }
}

/** The answer went to the event's own ResponseURL. It is shown as the verdict that it was made from. */
function asAnswer(verdict: Verdict, logicalResourceId: string): Answer {
  if (verdict.status === 'FAILED')
    return {
      logicalResourceId,
      status: 'FAILED',
      reason: verdict.reason,
      physicalResourceId: undefined,
      data: {},
    }
  return {
    logicalResourceId,
    status: 'SUCCESS',
    reason: undefined,
    physicalResourceId: verdict.stack?.id,
    data: verdict.outputs,
  }
}

function withId(event: JsonObject, physicalResourceId: string | undefined): JsonObject {
  const isLater = event['RequestType'] === 'Update' || event['RequestType'] === 'Delete'
  return isLater && event['PhysicalResourceId'] === undefined && physicalResourceId !== undefined
    ? { ...event, PhysicalResourceId: physicalResourceId }
    : event
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function mapIn(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}
