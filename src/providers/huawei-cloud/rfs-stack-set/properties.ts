import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { huaweiConnection } from '../connection.ts'
import { CLAIMS, SET_MARK } from '../stack-set-description.ts'
import {
  callIdentity,
  longBody,
  operationPreferences,
  stackSetName,
  uri,
  variables,
} from '../stack-set-properties.ts'
import { flag, text } from '../../properties/property-schema.ts'

/**
 * The properties of `Custom::HuaweiRfsStackSet`: the single source of their validation, their types and their JSON Schema.
 * `StackSet` is the body of CreateStackSet in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html
 */

/** Characters; RFS takes 1024, and the owners' marks need the rest. */
const LONGEST_DESCRIPTION = 384
const LONGEST_INITIAL_DESCRIPTION = 1024

const description = v.pipe(
  v.string('must be a string'),
  v.maxLength(
    LONGEST_DESCRIPTION,
    `must be at most ${String(LONGEST_DESCRIPTION)} characters long: RFS takes 1024, and the rest is for the marks of owners`,
  ),
  v.check(
    (given) => !given.includes(SET_MARK) && !given.includes(CLAIMS),
    `must hold neither ${SET_MARK} nor ${CLAIMS}: they mark the owners`,
  ),
)

const initialDescription = v.pipe(
  v.string('must be a string'),
  v.maxLength(
    LONGEST_INITIAL_DESCRIPTION,
    `must be at most ${String(LONGEST_INITIAL_DESCRIPTION)} characters long`,
  ),
)

const stackSet = v.strictObject({
  Name: v.optional(stackSetName),
  Description: v.optional(description),
  PermissionModel: v.optional(v.picklist(['SELF_MANAGED', 'SERVICE_MANAGED'])),
  AdministrationAgencyName: v.optional(text),
  AdministrationAgencyUrn: v.optional(text),
  ManagedAgencyName: v.optional(text),
  TemplateBody: v.optional(longBody('TemplateUri')),
  TemplateUri: v.optional(uri),
  /** The variables, which keep their types and become `vars_body`. */
  Parameters: v.optional(variables),
  VarsBody: v.optional(longBody('VarsUri')),
  VarsUri: v.optional(uri),
  InitialStackDescription: v.optional(initialDescription),
  ManagedOperation: v.optional(v.strictObject({ EnableParallelOperation: v.optional(flag) })),
})

type Given = v.InferOutput<typeof stackSet>

function isSelfManaged({ PermissionModel }: Given): boolean {
  return PermissionModel !== 'SERVICE_MANAGED'
}

const checkedStackSet = v.pipe(
  stackSet,
  v.forward(
    v.check(
      (given) => given.TemplateBody === undefined || given.TemplateUri === undefined,
      'must not be given together with TemplateBody',
    ),
    ['TemplateUri'],
  ),
  v.forward(
    v.check(
      (given) => given.TemplateBody !== undefined || given.TemplateUri !== undefined,
      'must be given, or TemplateUri',
    ),
    ['TemplateBody'],
  ),
  v.forward(
    v.check(
      (given) => given.Parameters === undefined || given.VarsBody === undefined,
      'must not be given together with Parameters, which is the same in another form',
    ),
    ['VarsBody'],
  ),
  v.forward(
    v.check(
      (given) =>
        !isSelfManaged(given) ||
        (given.AdministrationAgencyName === undefined) !== (given.AdministrationAgencyUrn === undefined),
      'must be given, or else AdministrationAgencyUrn, but not both, unless PermissionModel is SERVICE_MANAGED',
    ),
    ['AdministrationAgencyName'],
  ),
  v.forward(
    v.check(
      (given) => !isSelfManaged(given) || given.ManagedAgencyName !== undefined,
      'must be given unless PermissionModel is SERVICE_MANAGED',
    ),
    ['ManagedAgencyName'],
  ),
  v.forward(
    v.check(
      (given) =>
        isSelfManaged(given) ||
        [given.AdministrationAgencyName, given.AdministrationAgencyUrn, given.ManagedAgencyName].every(
          (one) => one === undefined,
        ),
      'must not be SERVICE_MANAGED together with AdministrationAgencyName, AdministrationAgencyUrn or ManagedAgencyName',
    ),
    ['PermissionModel'],
  ),
)

const whole = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  StackSet: checkedStackSet,
  /** For the deployment that an Update starts. */
  OperationPreferences: v.optional(operationPreferences),
  CallIdentity: v.optional(callIdentity),
  SecretParameters: v.optional(v.array(text)),
})

export const properties = v.pipe(
  whole,
  v.forward(
    v.partialCheck(
      [['StackSet'], ['CallIdentity']],
      ({ StackSet, CallIdentity }) => CallIdentity !== 'DELEGATED_ADMIN' || !isSelfManaged(StackSet),
      'must be DELEGATED_ADMIN only where StackSet.PermissionModel is SERVICE_MANAGED',
    ),
    ['CallIdentity'],
  ),
)

export type StackSetProperties = v.InferOutput<typeof properties>
export type WantedSet = StackSetProperties['StackSet']

/** The properties that a Delete or a followed operation needs: where the set is. All others may be invalid. */
export const standingSetProperties = v.object({
  ...huaweiConnection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  CallIdentity: v.fallback(v.optional(callIdentity), undefined),
  StackSet: v.fallback(v.object({ Name: v.fallback(v.optional(stackSetName), undefined) }), {}),
})

export type StandingSetProperties = v.InferOutput<typeof standingSetProperties>
