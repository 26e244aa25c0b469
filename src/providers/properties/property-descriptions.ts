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
  Provider: 'For the resource type `ALIYUN::ROS::CustomResource`: which service is meant.',
  Timeout:
    'How long ROS waits for the answer, in seconds: the `Timeout` of the custom resource once more, since ROS does not tell it. Without it the setting `STACKBRIDGE_TIMEOUT_SECONDS` counts.',
  Outputs:
    'The outputs that the answer has: a list of names, or a map of new name to name. Without it, all of them.',
  SecretOutputs: 'Outputs that the answer leaves out, since ROS cannot mask them.',
  StoredOutputs: {
    description:
      "Outputs that are kept in encrypted parameters of OOS or secrets of KMS, in the function's own account: the answer has the name of the parameter or secret instead.",
    properties: {
      Names: 'The names of the outputs, 20 at most. An empty list removes what was stored.',
      Prefix:
        "What the names of the parameters or secrets begin with; the output's name follows after a hyphen. Else it is derived from the ROS stack and resource.",
      Store:
        '`oos` (default): an encrypted parameter of OOS for each output, of 4,096 characters at most. `kms`: a secret of KMS, of 30,720 bytes at most.',
    },
  },
  OnExisting:
    "What a Create does if a stack of that name exists. `own` (default): it adopts the stack if it has this resource's mark. `never`: it does not. `any`: it also takes over a stack without a mark, if the operator has set `STACKBRIDGE_ALLOW_ADOPTION`; the stack is then owned, and a Delete deletes it.",
  TakeOverFrom: {
    description:
      "For a Create: take over the stack of that name, which has the mark of exactly this owner, and change nothing but the mark. Needs the operator's `STACKBRIDGE_ALLOW_ADOPTION`.",
    properties: {
      StackId: 'The id of the ROS stack that owns the stack now.',
      LogicalResourceId: 'The name of the owning resource in that ROS stack.',
      AllowChanges:
        'true: the Create also changes the stack where the properties differ from it. Without it such a Create is FAILED, and nothing is touched.',
    },
  },
  OnTimeout:
    'What the bridge does when `Timeout` is over. `leave` (default): it leaves the stack as it is. `cancel`: it cancels what runs, if the cloud can. `delete`: it deletes the stack of a Create, and cancels an Update.',
  OnDelete:
    'What a Delete does. `delete` (default): it deletes the stack. `retain`: it leaves the stack unchanged. A stack whose creation has failed is deleted in both cases.',
  Mode: '`managed` (default): the resource owns its stack. `read-only`: it only reads the outputs of a stack that somebody else owns. It cannot change.',
  StackId:
    "For `Mode: read-only`: the stack's id instead of its name, as a resource that manages the stack has it as its PhysicalResourceId.",
  OnBusy:
    'For `Mode: read-only`: what to do while an operation runs on the stack. `fail` (default), or `wait` until it ends, as long as `Timeout` allows. A stack that failed is FAILED with both.',
  Revision:
    'The bridge does not read it. Change it to make ROS send an Update, for example after the document behind a URL has changed.',
}

/** Of `planPolicyEntries`. */
export const planPolicyDescriptions = {
  RefuseReplacement:
    'true: the bridge plans each Update, and each Create that takes a stack over, first. It is FAILED, with a list, if it would or may replace a resource. Nothing is touched then.',
  RefuseRemoval:
    'true: the bridge plans each Update, and each Create that takes a stack over, first. It is FAILED, with a list, if it would remove a resource from the stack. Nothing is touched then.',
}

/** Of `driftPolicyEntries`. */
export const driftPolicyDescriptions = {
  OnDrift:
    'What an Update does about changes that were made outside of the stack. `ignore` (default): it does not look for them. `report`: it names them in the log and in the outputs `DriftStatus` and `DriftedResources`. `refuse`: it is FAILED with a list.',
}

/** Of properties that several services have with the same meaning. */
export const sharedDescriptions = {
  stackName:
    "The stack's name. Without it, one is derived from ROS's stack name and the logical id, with a hash of both ids. It cannot change.",
  parameters: 'A map of parameter to value: text, numbers, true, false, lists and maps.',
  onDeleteFailed:
    'What to try, in this order, when a deletion has failed. Without it, nothing: the Delete is FAILED.',
  noEchoParameters:
    'Parameters whose values are masked everywhere. Those with `NoEcho` in an inline template are masked anyway; the bridge does not see a template at `TemplateURL`.',
  certificates: 'Certificates of authorities to trust, as PEM text, in addition to those that Node trusts.',
  templateUrl:
    'When only the document behind it has changed, change `Revision` too: else ROS sends no Update.',
}
