import type { SourceNumber } from '../../platform/json.ts'
import type { BridgeProperties } from './bridge-properties.ts'

/**
 * One text for each property of a schema, for authors of templates: the JSON Schemas bring it into their editor. The
 * function itself never loads these texts. The compiler reports a missing text, and a text without a property.
 */
export type DescriptionsOf<Properties> = {
  readonly [Name in keyof Properties]-?: [MapOf<NonNullable<Properties[Name]>>] extends [never]
    ? string
    : {
        readonly description: string
        readonly properties: DescriptionsOf<MapOf<NonNullable<Properties[Name]>>>
      }
}

/** The value if it is a map with fixed names, else `never`. */
type MapOf<Value> = Value extends readonly unknown[] | SourceNumber
  ? never
  : Value extends object
    ? string extends keyof Value
      ? never
      : Value
    : never

export const bridgeDescriptions: DescriptionsOf<BridgeProperties> = {
  Provider: 'For the resource type ALIYUN::ROS::CustomResource: which cloud is meant.',
  Timeout:
    "Seconds, 1 to 43200: ROS's own Timeout once more, since ROS does not tell it. Else the function's setting STACKBRIDGE_TIMEOUT_SECONDS.",
  Outputs: 'The outputs that the answer holds: a list of names, or a map of new name to name. Else all.',
  SecretOutputs: 'Outputs that the answer leaves out, since ROS cannot mask them.',
  StoredOutputs: {
    description:
      "Outputs that are kept in encrypted parameters of OOS or secrets of KMS, in the function's own account: the answer has the name of the parameter or secret instead.",
    properties: {
      Names: 'The names of the outputs, 20 at most. An empty list removes what was stored.',
      Prefix:
        "What the names of the parameters or secrets begin with; the output's name follows after a hyphen. Else it is derived from the ROS stack and resource.",
      Store:
        'oos (default): an encrypted parameter of OOS for each output, of 4,096 characters at most. kms: a secret of KMS, of 30,720 bytes at most.',
    },
  },
  OnExisting:
    "Where a stack of that name exists: own (default) adopts it if it has this resource's mark, never does not, any also takes over one that has no mark, if the bridge's operator allows it by STACKBRIDGE_ALLOW_ADOPTION.",
  TakeOverFrom: {
    description:
      "For a Create: take over the stack of that name, which has the mark of exactly this owner, and change nothing but the mark. Needs the operator's STACKBRIDGE_ALLOW_ADOPTION.",
    properties: {
      StackId: 'The id of the ROS stack that owns the stack now.',
      LogicalResourceId: 'The name of the resource in that ROS stack.',
      AllowChanges:
        'true: update the stack as the properties ask for. Else the Create is FAILED if they differ from the stack, and nothing is touched.',
    },
  },
  OnTimeout:
    'When the time is over: leave (default) the stack as it is, cancel what runs, or delete the stack of a Create.',
  OnDelete:
    'When ROS deletes the resource: delete (default) the stack, or retain it unchanged. A failed Create is cleaned up in either case.',
  Mode: 'managed (default): the stack is made, updated and deleted. read-only: the outputs of a stack of somebody else, which is never changed or deleted. It cannot change.',
  StackId:
    "For Mode read-only: the stack's id, as a resource that manages it has it as its PhysicalResourceId. Else the name of the stack is needed.",
  OnBusy: 'For Mode read-only, where an operation runs on the stack: fail (default), or wait for its end.',
  Revision: 'Read by nobody: change it to make ROS send an Update.',
}

/** Of `planPolicyEntries`. */
export const planPolicyDescriptions = {
  RefuseReplacement:
    'An Update that would or may replace a resource is FAILED with the list, before anything is touched: the bridge plans each Update first.',
  RefuseRemoval:
    'An Update that would remove a resource from the stack is FAILED with the list, before anything is touched: the bridge plans each Update first.',
}

/** Of `driftPolicyEntries`. */
export const driftPolicyDescriptions = {
  OnDrift:
    'What an Update does about changes outside of the stack: ignore (default) them; report them in the log and as the outputs DriftStatus and DriftedResources; or refuse the Update, which is FAILED with the list.',
}

/** Of properties that several services have with the same meaning. */
export const sharedDescriptions = {
  stackName:
    "The stack's name; else one is derived from ROS's stack name and the logical id. It cannot change.",
  parameters: 'Parameter to value: text, numbers, true, false, lists and maps.',
  keyValueTags: 'A map of tag to value, or a list of {Key, Value}.',
  onDeleteFailed: 'What to try, in this order, when a deletion fails.',
  noEchoParameters:
    'Parameters whose values are masked everywhere. NoEcho ones of an inline template are anyway.',
  certificates: 'Certificates of authorities to trust, as PEM text, beside those that Node trusts.',
}
