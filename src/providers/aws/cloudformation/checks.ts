import {
  DescribeEventsCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  ValidateTemplateCommand,
  type Stack,
  type ValidateTemplateCommandOutput,
} from '@aws-sdk/client-cloudformation'
import type { Secrets } from '../../../platform/secrets.ts'
import { existingStack, unseenRights, withRemedy } from '../../session/check-wording.ts'
import type { Check, CloudError, StackRequest } from '../../provider.ts'
import { callerIdentity } from './caller-identity.ts'
import { isAccessDenied, isMissing, serviceFailure, toCloudError } from './cloud-error.ts'
import { ownershipOf } from './ownership.ts'
import type { StackProperties } from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { templateBody } from './template.ts'

/**
 * What the bridge needs of AWS, checked by calls that only read. A call about a stack that does not exist also shows
 * whether it is allowed, since AWS asks IAM first.
 */
export async function* checkAws(setup: SessionSetup): AsyncGenerator<Check> {
  const { client, stack, surroundings, desired } = setup
  const { secrets } = surroundings
  const nameOrArn = stack.by === 'id' ? stack.arn : stack.name
  const identity = await tried('GetCallerIdentity', callerIdentity(setup), secrets)
  yield identityCheck(identity)
  if (!identity.ok && isDenied(identity.error)) return

  const described = await tried(
    'DescribeStacks',
    client.send(new DescribeStacksCommand({ StackName: nameOrArn })),
    secrets,
  )
  yield check('DescribeStacks', described, ({ Stacks }) => inWords(Stacks?.[0], setup.request), nameOrArn)
  if (!described.ok && !described.isAbsent && described.error.kind !== 'denied') return

  const readable = async (action: string, call: Promise<unknown>, found: string): Promise<Check> =>
    check(action, await tried(action, call, secrets), () => found, nameOrArn)
  const events = client.send(new DescribeStackEventsCommand({ StackName: nameOrArn }))
  yield await readable('DescribeStackEvents', events, 'the events can be read')
  const failed = client.send(
    new DescribeEventsCommand({ StackName: nameOrArn, Filters: { FailedEvents: true } }),
  )
  yield failedEventsCheck(await tried('DescribeEvents', failed, secrets))
  const resources = client.send(new ListStackResourcesCommand({ StackName: nameOrArn }))
  yield await readable('ListStackResources', resources, 'the resources can be read')
  const existing = described.ok ? described.value.Stacks?.[0] : undefined
  if (setup.onDrift !== undefined && existing !== undefined)
    yield* driftChecks(setup, existing, setup.onDrift)
  const listed = client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }))
  yield listCheck(await tried('ListStacks', listed, secrets))
  if (desired !== undefined) {
    const { Template, TemplateURL } = desired
    const source = TemplateURL === undefined ? { TemplateBody: templateBody(Template) } : { TemplateURL }
    const validation = client.send(new ValidateTemplateCommand(source))
    yield templateCheck(desired, await tried('ValidateTemplate', validation, secrets))
  }
  yield unseenRights('CreateStack …', 'docs/providers/aws/cloudformation.md')
}

type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CloudError; readonly isAbsent: boolean }

async function tried<T>(action: string, call: Promise<T>, secrets: Secrets): Promise<Tried<T>> {
  try {
    return { ok: true, value: await call }
  } catch (error) {
    const failure = serviceFailure(error)
    const isAbsent = failure !== undefined && isMissing(failure)
    return { ok: false, error: toCloudError(error, action, secrets), isAbsent }
  }
}

function identityCheck(identity: Tried<{ Arn?: string | undefined }>): Check {
  const name = 'credentials'
  if (identity.ok) return { name, result: 'ok', detail: `they are those of ${identity.value.Arn ?? '?'}` }
  const { message } = identity.error
  return isDenied(identity.error)
    ? { name, result: 'missing', detail: `${message}; check keys, session token and role` }
    : // Behind an endpoint of one's own there need be no STS.
      { name, result: 'unknown', detail: `whose they are is not known: ${message}` }
}

/** Also where the denial may be temporary, since the role may have been made moments ago. */
function isDenied({ kind, cause }: CloudError): boolean {
  return kind === 'denied' || isAccessDenied(cause)
}

function check<T>(name: string, outcome: Tried<T>, found: (value: T) => string, nameOrArn: string): Check {
  if (outcome.ok) return { name, result: 'ok', detail: found(outcome.value) }
  if (outcome.isAbsent) return { name, result: 'ok', detail: `allowed; there is no stack ${nameOrArn}` }
  return { name, result: 'missing', detail: withRemedy(outcome.error, remediesFor(name)) }
}

function listCheck(outcome: Tried<unknown>): Check {
  const name = 'ListStacks'
  if (outcome.ok) return { name, result: 'ok', detail: 'deleted stacks can be seen' }
  const loss = 'without it a Create that comes after its Delete is not recognised'
  return { name, result: 'degraded', detail: `${withRemedy(outcome.error, remediesFor(name))}; ${loss}` }
}

/**
 * DetectStackDrift itself would begin a detection. The policy binds the others to the stack's marks, so only a stack that
 * exists can be asked about.
 */
async function* driftChecks(
  { client, surroundings: { secrets } }: SessionSetup,
  { StackId }: Stack,
  onDrift: 'report' | 'refuse',
): AsyncGenerator<Check> {
  const drifts = client.send(new DescribeStackResourceDriftsCommand({ StackName: StackId, MaxResults: 1 }))
  yield driftCheck(
    'DescribeStackResourceDrifts',
    await tried('DescribeStackResourceDrifts', drifts, secrets),
    onDrift,
  )
  const name = 'DescribeStackDriftDetectionStatus'
  const status = client.send(
    new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: NO_DETECTION }),
  )
  const outcome = await tried(name, status, secrets)
  // Any answer but a denial is about the detection, which does not exist.
  yield driftCheck(
    name,
    !outcome.ok && outcome.error.kind === 'rejected' ? { ok: true, value: undefined } : outcome,
    onDrift,
  )
}

const NO_DETECTION = '00000000-0000-4000-8000-000000000000'

function driftCheck(name: string, outcome: Tried<unknown>, onDrift: 'report' | 'refuse'): Check {
  if (outcome.ok) return { name, result: 'ok', detail: 'allowed, for OnDrift' }
  const loss =
    onDrift === 'refuse'
      ? 'without it OnDrift refuses each Update'
      : 'without it OnDrift reports drift as UNKNOWN'
  const detail = `${withRemedy(outcome.error, remediesFor(name))}; ${loss}`
  return { name, result: onDrift === 'refuse' ? 'missing' : 'degraded', detail }
}

/** Other services that speak the protocol may not know the action. */
function failedEventsCheck(outcome: Tried<unknown>): Check {
  const name = 'DescribeEvents'
  if (outcome.ok || outcome.isAbsent)
    return { name, result: 'ok', detail: 'the results of validations can be read' }
  const loss = 'without it a reason does not say which validation refused the stack'
  return { name, result: 'degraded', detail: `${withRemedy(outcome.error, remediesFor(name))}; ${loss}` }
}

function remediesFor(action: string) {
  return {
    allow: `allow cloudformation:${action} in the policy`,
    reach: 'check RegionId, Endpoint and the way out of the network',
  }
}

function inWords(stack: Stack | undefined, { owner }: StackRequest): string {
  return stack === undefined
    ? 'there is no such stack'
    : existingStack(stack.StackName ?? '?', stack.StackStatus ?? '?', ownershipOf(stack, owner))
}

function templateCheck(desired: StackProperties, outcome: Tried<ValidateTemplateCommandOutput>): Check {
  const name = 'ValidateTemplate'
  if (!outcome.ok)
    return outcome.error.kind === 'rejected'
      ? { name, result: 'missing', detail: `${outcome.error.message}; mend Stack.Template` }
      : { name, result: 'unknown', detail: `${outcome.error.message}; the bridge itself does not need it` }
  const problems = [
    ...capabilityProblems(desired.Capabilities ?? [], outcome.value.Capabilities ?? []),
    ...parameterProblems(desired.Parameters ?? {}, outcome.value.Parameters ?? []),
  ]
  return problems.length === 0
    ? { name, result: 'ok', detail: 'the template is valid, its parameters and capabilities are given' }
    : { name, result: 'missing', detail: problems.join('; ') }
}

function capabilityProblems(given: readonly string[], needed: readonly string[]): string[] {
  return needed
    .filter((capability) => !given.includes(capability))
    .filter((capability) => !(capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')))
    .map((capability) => `the template needs ${capability} in Stack.Capabilities`)
}

function parameterProblems(
  given: Readonly<Record<string, unknown>>,
  declared: NonNullable<ValidateTemplateCommandOutput['Parameters']>,
): string[] {
  const names = declared.map(({ ParameterKey }) => ParameterKey ?? '')
  const missing = declared
    .filter(
      ({ ParameterKey, DefaultValue }) =>
        DefaultValue === undefined && !Object.hasOwn(given, ParameterKey ?? ''),
    )
    .map(({ ParameterKey }) => `Stack.Parameters.${ParameterKey ?? '?'} is missing; it has no default`)
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => `Stack.Parameters.${name} is not a parameter of the template`)
  return [...missing, ...unknown]
}
