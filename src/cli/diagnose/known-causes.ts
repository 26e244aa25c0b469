import type { FailedResource } from '../../providers/diagnosis/diagnosis.ts'
import type { NextAction } from '../report.ts'

interface KnownCause extends NextAction {
  /** What vendors write. */
  readonly said: RegExp
}

const AWS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide'

/** The first one that fits counts: exact ones come before those that fit many texts. */
const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    said: /InsufficientCapabilities|requires capabilities ?:/i,
    cause: 'The template makes something for which CloudFormation asks for a capability.',
    action: 'Name the capability in Stack.Capabilities, for example CAPABILITY_NAMED_IAM.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
  },
  {
    said: /did not receive a response from your custom resource/i,
    cause: "The custom resource's function did not answer CloudFormation.",
    action: "Read its log: an exception before the answer, or no way out of its VPC to the answer's address.",
    see: `${AWS}/troubleshooting.html`,
  },
  {
    said: /not authorized|access ?denied|unauthorized|forbidden|no permission|NoPermission|policy does ?n.t allow/i,
    cause: 'A right is missing.',
    action:
      'Grant it to the credentials, or to the role that the stack works with (Stack.RoleARN); the text names it, or else the denied call.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  },
  {
    said: /already exist|AlreadyExists|is already in use|Duplicate|name .{1,80} is taken/i,
    cause: 'Something of this name exists already.',
    action:
      'Choose another name, or leave the name out so that the cloud makes one up; else delete what has the name, or import it.',
    see: `${AWS}/troubleshooting.html`,
  },
  {
    said: /no valid host was found|Insufficient\w*Capacity|NoStock|no available capacity|sold out/i,
    cause: 'The cloud has no room for it at this place.',
    action: 'Choose another zone, flavor or instance type, or try again later.',
    see: 'https://docs.openstack.org/nova/latest/admin/support-compute.html',
  },
  {
    said: /quota|limit ?exceeded|maximum number of|limit has been reached|too many /i,
    cause: 'A quota of the account or project is used up.',
    action: 'Delete what is not needed, or ask the cloud for a higher quota.',
    see: `${AWS}/troubleshooting.html#troubleshooting-errors-limits-exceeded`,
  },
  {
    said: /circuit breaker|unable to place a task|CannotPullContainer|CannotStartContainer|failed .{0,40}health checks/i,
    cause: "The ECS service's tasks do not start, or do not stay healthy.",
    action: "Read the service's events above; then the stopped tasks' reasons and the container's log.",
    see: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html',
  },
  {
    said: /DependencyViolation|not empty|NotEmpty|has dependent|dependenc(?:y|ies) exist|(?:still |currently )?in[ -]use/i,
    cause: 'Something else uses the resource, or it is not empty.',
    action: 'Remove what uses it, or empty it, and delete again; OnDeleteFailed can leave it behind.',
    see: `${AWS}/troubleshooting.html#troubleshooting-errors-delete-stack-fails`,
  },
  {
    said: /(?:image|flavor|key ?pair|network|subnet|security group|ami|instance type|VPC)\b.{0,120}(?:not found|not be found|does not exist|NotFound|is not valid|invalid)/i,
    cause: 'The template names something that this account, project or region does not have.',
    action: 'Correct the name or id; ids of images and flavors differ from region to region.',
    see: 'https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#custom-constraint',
  },
  {
    said: /WaitCondition|failed to receive \d{1,9} resource signal|timed out|timeout|did not stabilize|exceeded attempts to wait/i,
    cause: 'Something did not become ready in its time.',
    action:
      'Look at what should have signalled or started: its own log, its way out of the network; else raise the timeout.',
    see: `${AWS}/troubleshooting.html#troubleshooting-errors-wait-condition-didnt-receive-required-number-of-signals`,
  },
  {
    said: /not found|NotFound|does not exist|no such/i,
    cause: 'Something that the template names does not exist.',
    action: 'Correct the name or id, or make it first.',
    see: `${AWS}/troubleshooting.html`,
  },
  {
    said: /validation failed|Invalid\w*Parameter|invalid value|is not valid|extraneous key|Unsupported (?:argument|attribute)|Missing required/i,
    cause: 'A property of the resource has a value that the cloud refuses.',
    action: 'Correct it in the template; stackbridge validate finds misspelt properties before a Create.',
    see: `${AWS}/troubleshooting.html#troubleshooting-errors-validation-error`,
  },
]

/** Failures about which something is said. */
const MOST_FAILURES = 5

/** What to do about the failures that are causes, the likely one's first, each once. */
export function nextActions(failures: readonly FailedResource[]): readonly NextAction[] {
  const actions = new Map<string, NextAction>()
  for (const failure of failures.filter(({ isConsequence }) => !isConsequence).slice(0, MOST_FAILURES)) {
    const known = KNOWN_CAUSES.find(({ said }) => textsOf(failure).some((text) => said.test(text)))
    if (known === undefined || actions.has(known.cause)) continue
    const { cause, action, see } = known
    actions.set(cause, { cause, action, see })
  }
  return [...actions.values()]
}

/** The reasons of failures; then what others say, such as a function's log. */
function textsOf({ history, evidence }: FailedResource): string[] {
  return [...history.flatMap(({ reason }) => reason ?? []), ...evidence.map(({ text }) => text)]
}
