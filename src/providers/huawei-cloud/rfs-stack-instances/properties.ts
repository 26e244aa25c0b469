import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { text } from '../../properties/property-schema.ts'
import { ifValid, existingEntries } from '../../properties/stack-schemas.ts'
import { huaweiConnection } from '../connection.ts'
import { rfsName, SAME_VARIABLES, uri, variableName, variables, varsBody } from '../rfs-properties.ts'
import {
  callIdentity,
  operationPreferences,
  regions,
  stackSetEntries,
  stackSetId,
} from '../stack-set-properties.ts'

/**
 * The properties of `Custom::HuaweiRfsStackInstances`: the single source of their validation, their types and their JSON
 * Schema. They are the body of CreateStackInstance in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */

function ids(what: string) {
  return v.pipe(
    v.array(text, `must be a list of ${what}`),
    v.minLength(1, `must name one of the ${what} at least`),
    v.check((given) => new Set(given).size === given.length, `must name each of the ${what} once`),
  )
}

const filterType = v.pipe(
  v.picklist(['NONE', 'INTERSECTION', 'DIFFERENCE', 'UNION']),
  v.check(
    (given) => given !== 'UNION',
    'must be NONE, INTERSECTION or DIFFERENCE: CreateStackInstance does not take UNION',
  ),
)

const deploymentTargets = v.pipe(
  v.strictObject({
    Regions: regions,
    DomainIds: v.optional(ids('account ids')),
    DomainIdsUri: v.optional(uri),
    OrganizationalUnitIds: v.optional(ids('organizational units')),
    DomainIdFilterType: v.optional(filterType),
  }),
  notTogether('DomainIdsUri', 'DomainIds'),
  fieldRule(
    'DomainIds',
    ({ DomainIds, DomainIdsUri, OrganizationalUnitIds }) =>
      DomainIds !== undefined || DomainIdsUri !== undefined || OrganizationalUnitIds !== undefined,
    'must be given, or else DomainIdsUri, or for a set with service-managed permissions OrganizationalUnitIds',
  ),
  fieldRule(
    'DomainIdFilterType',
    ({ OrganizationalUnitIds, DomainIdFilterType }) =>
      DomainIdFilterType === undefined || OrganizationalUnitIds !== undefined,
    'must not be given without OrganizationalUnitIds',
  ),
  fieldRule(
    'DomainIdFilterType',
    (given) => !isFiltered(given) || given.DomainIds !== undefined || given.DomainIdsUri !== undefined,
    'must have DomainIds or DomainIdsUri beside it where it is INTERSECTION or DIFFERENCE',
  ),
  fieldRule(
    'DomainIds',
    (given) =>
      given.OrganizationalUnitIds === undefined || isFiltered(given) || given.DomainIds === undefined,
    'must not be given together with OrganizationalUnitIds unless DomainIdFilterType is INTERSECTION or DIFFERENCE',
  ),
  fieldRule(
    'DomainIdsUri',
    (given) =>
      given.OrganizationalUnitIds === undefined || isFiltered(given) || given.DomainIdsUri === undefined,
    'must not be given together with OrganizationalUnitIds unless DomainIdFilterType is INTERSECTION or DIFFERENCE',
  ),
)

function isFiltered({ DomainIdFilterType }: { readonly DomainIdFilterType?: string | undefined }): boolean {
  return DomainIdFilterType !== undefined && DomainIdFilterType !== 'NONE'
}

const varOverrides = v.pipe(
  v.strictObject({
    Parameters: v.optional(variables),
    VarsUri: v.optional(uri),
    VarsBody: v.optional(varsBody),
    UseStackSetVars: v.optional(
      v.pipe(
        v.array(variableName, 'must be a list of variables'),
        v.check((given) => new Set(given).size === given.length, 'must name each variable once'),
      ),
    ),
  }),
  notTogether('VarsBody', 'Parameters', SAME_VARIABLES),
  fieldRule(
    'UseStackSetVars',
    ({ Parameters = {}, UseStackSetVars = [] }) =>
      UseStackSetVars.every((name) => !Object.hasOwn(Parameters, name)),
    'must not name a variable that Parameters holds too',
  ),
  v.check(
    (given) => Object.values(given).some((value) => value !== undefined),
    'must hold Parameters, VarsBody, VarsUri or UseStackSetVars',
  ),
)

const whole = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  StackSetName: rfsName,
  StackSetId: v.optional(stackSetId),
  DeploymentTargets: deploymentTargets,
  VarOverrides: v.optional(varOverrides),
  ...stackSetEntries,
})

export const properties = v.pipe(
  whole,
  v.forward(
    v.partialCheck(
      [['DeploymentTargets'], ['OperationPreferences']],
      ({ DeploymentTargets, OperationPreferences }) =>
        OperationPreferences?.RegionOrder === undefined ||
        sameMembers(OperationPreferences.RegionOrder, DeploymentTargets.Regions),
      'must have in its RegionOrder all the regions of DeploymentTargets.Regions, and no other',
    ),
    ['OperationPreferences'],
  ),
  v.forward(
    v.partialCheck(
      [['DeploymentTargets'], ['CallIdentity']],
      ({ DeploymentTargets, CallIdentity }) =>
        CallIdentity !== 'DELEGATED_ADMIN' || DeploymentTargets.OrganizationalUnitIds !== undefined,
      'must be DELEGATED_ADMIN only for a set with service-managed permissions, which has DeploymentTargets.OrganizationalUnitIds',
    ),
    ['CallIdentity'],
  ),
)

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member))
}

export type StackInstancesProperties = v.InferOutput<typeof properties>
export type DeploymentTargets = StackInstancesProperties['DeploymentTargets']
export type VarOverrides = NonNullable<StackInstancesProperties['VarOverrides']>

/** Beside where the instances are, it holds the values for the remaining steps of an Update. */
export const existingProperties = v.object({
  ...huaweiConnection,
  ...existingEntries,
  StackSetName: ifValid(rfsName),
  DeploymentTargets: ifValid(deploymentTargets),
  VarOverrides: ifValid(varOverrides),
  OperationPreferences: ifValid(operationPreferences),
  CallIdentity: ifValid(callIdentity),
})

export type ExistingStackInstancesProperties = v.InferOutput<typeof existingProperties>
