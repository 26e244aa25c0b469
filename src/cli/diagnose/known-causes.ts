import type { FailedResource } from '../../providers/diagnosis/diagnosis.ts'
import type { NextAction } from '../report.ts'

interface KnownCause extends Pick<NextAction, 'cause' | 'action'> {
  /** What vendors write. */
  readonly pattern: RegExp
  /** The vendors' pages on it, by their folders in `src/providers`. */
  readonly see: Readonly<Record<string, string>>
}

// Each page, and each place in it, was read as published, or in its source, by 2026-11-30.
const AWS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html'
const HEAT = 'https://docs.openstack.org/heat/latest/template_guide/hot_spec.html'
const ROS = 'https://help.aliyun.com/en/ros/user-guide/diagnosing-failed-requests'
const RFS = 'https://support.huaweicloud.com/intl/en-us/api-aos/ListStackEvents.html'

/** The first one that fits counts: exact ones come before those that fit many texts. */
const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    pattern: /InsufficientCapabilities|requires capabilities ?:/i,
    cause: 'The template makes something for which CloudFormation asks for a capability.',
    action: 'Name the capability in Stack.Capabilities, for example CAPABILITY_NAMED_IAM.',
    see: { aws: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html' },
  },
  {
    pattern: /did not receive a response from your custom resource/i,
    cause: "The custom resource's function did not answer CloudFormation.",
    action: "Read its log: an exception before the answer, or no way out of its VPC to the answer's address.",
    see: { aws: `${AWS}#troubleshooting-errors` },
  },
  {
    pattern: /not authorized|access ?denied|unauthorized|forbidden|NoPermission|policy doesn't allow/i,
    cause: 'A right is missing.',
    action:
      'Grant it to the credentials, or to the role that the stack works with; the text names it, or else the denied call.',
    see: {
      aws: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
      openstack: 'https://docs.openstack.org/heat/latest/configuration/sample_policy.html',
      'alibaba-cloud': 'https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements',
      'huawei-cloud': RFS,
    },
  },
  {
    pattern: /already exist|AlreadyExists|is already in use|Duplicate/i,
    cause: 'Something of this name exists already.',
    action:
      'Choose another name, or none, so that the cloud makes one up; else delete or import what has the name.',
    see: { aws: AWS, 'huawei-cloud': RFS, 'alibaba-cloud': ROS },
  },
  {
    pattern: /no valid host was found|Insufficient\w{0,40}Capacity|NoStock|no available capacity|sold out/i,
    cause: 'The cloud has no room for it at this place.',
    action: 'Choose another zone, flavor or instance type, or try again later.',
    see: {
      aws: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-capacity',
      openstack: 'https://docs.openstack.org/nova/latest/admin/scheduling.html',
    },
  },
  {
    pattern: /quota|limit ?exceeded|maximum number of|limit has been reached/i,
    cause: 'A quota of the account or project is used up.',
    action: 'Delete what is not needed, or ask the cloud for a higher quota.',
    see: { aws: `${AWS}#troubleshooting-errors-limit-exceeded`, 'huawei-cloud': RFS, 'alibaba-cloud': ROS },
  },
  {
    pattern: /circuit breaker|unable to place a task|CannotPullContainer|CannotStartContainer/i,
    cause: "The ECS service's tasks do not start, or do not stay healthy.",
    action: "Read the service's events above, then the reasons of its stopped tasks and the container's log.",
    see: {
      aws: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html',
    },
  },
  {
    pattern: /DependencyViolation|not empty|NotEmpty|has dependent|(?:still|currently) in use|is in use/i,
    cause: 'Something else uses the resource, or it is not empty.',
    action: 'Remove what uses it, or empty it, and delete again; OnDeleteFailed can leave it behind.',
    see: { aws: `${AWS}#troubleshooting-errors-delete-stack-fails`, 'alibaba-cloud': ROS },
  },
  {
    pattern:
      /WaitCondition|failed to receive \d{1,9} resource signal|timed out|did not stabilize|exceeded attempts to wait/i,
    cause: 'Something did not become ready in its time.',
    action:
      'Look at what should have signalled or started: its own log, and its way out of the network. Else raise the timeout.',
    see: { aws: `${AWS}#troubleshooting-resource-did-not-stabilize`, openstack: HEAT, 'alibaba-cloud': ROS },
  },
  {
    pattern: /not found|NotFound|not be found|does not exist|no such/i,
    cause: 'The template names something that this account, project or region does not have.',
    action:
      'Correct the name or id, or make it first; ids of images and flavors differ from region to region.',
    see: { aws: AWS, openstack: `${HEAT}#custom-constraint`, 'huawei-cloud': RFS, 'alibaba-cloud': ROS },
  },
  {
    pattern: /validation failed|Invalid|is not valid|extraneous key|Unsupported argument|Missing required/i,
    cause: 'A property of the resource has a value that the cloud refuses.',
    action: 'Correct it in the template; stackbridge validate finds misspelt properties before a Create.',
    see: {
      aws: `${AWS}#troubleshooting-errors-invalid-value-or-unsupported-resource-property`,
      openstack: HEAT,
      'huawei-cloud': RFS,
      'alibaba-cloud': ROS,
    },
  },
]

/** Failures about which something is said. */
const MOST_FAILURES = 5

/** What to do about the failures that are causes, the likely one's first, each once. `vendor`: as in `src/providers`. */
export function nextActions(failures: readonly FailedResource[], vendor: string): readonly NextAction[] {
  const actions = new Map<string, NextAction>()
  for (const failure of failures.filter(({ isConsequence }) => !isConsequence).slice(0, MOST_FAILURES)) {
    const texts = textsOf(failure)
    const known = KNOWN_CAUSES.find(({ pattern }) => texts.some((text) => pattern.test(text)))
    if (known === undefined || actions.has(known.cause)) continue
    const { cause, action, see } = known
    const page = see[vendor]
    actions.set(cause, { cause, action, ...(page === undefined ? {} : { see: page }) })
  }
  return [...actions.values()]
}

/** The reasons of failures; then what others say, such as a function's log. */
function textsOf({ history, evidence }: FailedResource): string[] {
  return [...history.flatMap(({ reason }) => reason ?? []), ...evidence.map(({ text }) => text)]
}
