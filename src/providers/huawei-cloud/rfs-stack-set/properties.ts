import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { flag, text } from '../../properties/property-schema.ts'
import { ifValid, existingEntries } from '../../properties/stack-schemas.ts'
import { huaweiConnection } from '../connection.ts'
import { markedDescription } from '../marked-description.ts'
import { rfsName, SAME_VARIABLES, templateBody, uri, variables, varsBody } from '../rfs-properties.ts'
import { CLAIMS, SET_MARK } from '../stack-set-description.ts'
import { callIdentity, stackSetEntries } from '../stack-set-properties.ts'

/**
 * The properties of `Custom::HuaweiRfsStackSet`: the single source of their validation, their types and their JSON Schema.
 * `StackSet` is the body of CreateStackSet in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html
 */

/** Characters; RFS takes 1024, and the owners' marks need the rest. */
const LONGEST_DESCRIPTION = 384
const LONGEST_INITIAL_DESCRIPTION = 1024

const description = markedDescription(
  LONGEST_DESCRIPTION,
  'the marks of owners',
  [SET_MARK, CLAIMS],
  `must hold neither ${SET_MARK} nor ${CLAIMS}: they mark the owners`,
)

const initialDescription = v.pipe(
  v.string('must be a string'),
  v.maxLength(
    LONGEST_INITIAL_DESCRIPTION,
    `must be at most ${String(LONGEST_INITIAL_DESCRIPTION)} characters long`,
  ),
)

const stackSet = v.strictObject({
  Name: v.optional(rfsName),
  Description: v.optional(description),
  PermissionModel: v.optional(v.picklist(['SELF_MANAGED', 'SERVICE_MANAGED'])),
  AdministrationAgencyName: v.optional(text),
  AdministrationAgencyUrn: v.optional(text),
  ManagedAgencyName: v.optional(text),
  TemplateBody: v.optional(templateBody),
  TemplateUri: v.optional(uri),
  Parameters: v.optional(variables),
  VarsBody: v.optional(varsBody),
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
  notTogether('TemplateUri', 'TemplateBody'),
  fieldRule(
    'TemplateBody',
    ({ TemplateBody, TemplateUri }) => TemplateBody !== undefined || TemplateUri !== undefined,
    'must be given, or TemplateUri',
  ),
  notTogether('VarsBody', 'Parameters', SAME_VARIABLES),
  fieldRule(
    'AdministrationAgencyName',
    (given) =>
      !isSelfManaged(given) ||
      (given.AdministrationAgencyName === undefined) !== (given.AdministrationAgencyUrn === undefined),
    'must be given, or else AdministrationAgencyUrn, but not both, unless PermissionModel is SERVICE_MANAGED',
  ),
  fieldRule(
    'ManagedAgencyName',
    (given) => !isSelfManaged(given) || given.ManagedAgencyName !== undefined,
    'must be given unless PermissionModel is SERVICE_MANAGED',
  ),
  fieldRule(
    'PermissionModel',
    (given) =>
      isSelfManaged(given) ||
      [given.AdministrationAgencyName, given.AdministrationAgencyUrn, given.ManagedAgencyName].every(
        (one) => one === undefined,
      ),
    'must not be SERVICE_MANAGED together with AdministrationAgencyName, AdministrationAgencyUrn or ManagedAgencyName',
  ),
)

const whole = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  StackSet: checkedStackSet,
  ...stackSetEntries,
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
export type DesiredSet = StackSetProperties['StackSet']

export const existingProperties = v.object({
  ...huaweiConnection,
  ...existingEntries,
  CallIdentity: ifValid(callIdentity),
  StackSet: v.fallback(v.object({ Name: ifValid(rfsName) }), {}),
})

export type ExistingStackSetProperties = v.InferOutput<typeof existingProperties>
