import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { huaweiConnection } from '../connection.ts'
import {
  callIdentity,
  longBody,
  operationPreferences,
  regions,
  stackSetId,
  stackSetName,
  uri,
  variableName,
  variables,
} from '../stack-set-properties.ts'
import { text } from '../../properties/property-schema.ts'

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
  v.forward(
    v.check(
      ({ DomainIds, DomainIdsUri }) => DomainIds === undefined || DomainIdsUri === undefined,
      'must not be given together with DomainIds',
    ),
    ['DomainIdsUri'],
  ),
  v.forward(
    v.check(
      ({ DomainIds, DomainIdsUri, OrganizationalUnitIds }) =>
        DomainIds !== undefined || DomainIdsUri !== undefined || OrganizationalUnitIds !== undefined,
      'must be given, or else DomainIdsUri, or for a set with service-managed permissions OrganizationalUnitIds',
    ),
    ['DomainIds'],
  ),
  v.forward(
    v.check(
      ({ OrganizationalUnitIds, DomainIdFilterType }) =>
        DomainIdFilterType === undefined || OrganizationalUnitIds !== undefined,
      'must not be given without OrganizationalUnitIds',
    ),
    ['DomainIdFilterType'],
  ),
  v.forward(
    v.check(
      (given) => !isFiltered(given) || given.DomainIds !== undefined || given.DomainIdsUri !== undefined,
      'must have DomainIds or DomainIdsUri beside it where it is INTERSECTION or DIFFERENCE',
    ),
    ['DomainIdFilterType'],
  ),
  v.forward(
    v.check(
      (given) =>
        given.OrganizationalUnitIds === undefined || isFiltered(given) || given.DomainIds === undefined,
      'must not be given together with OrganizationalUnitIds unless DomainIdFilterType is INTERSECTION or DIFFERENCE',
    ),
    ['DomainIds'],
  ),
  v.forward(
    v.check(
      (given) =>
        given.OrganizationalUnitIds === undefined || isFiltered(given) || given.DomainIdsUri === undefined,
      'must not be given together with OrganizationalUnitIds unless DomainIdFilterType is INTERSECTION or DIFFERENCE',
    ),
    ['DomainIdsUri'],
  ),
)

function isFiltered({ DomainIdFilterType }: { readonly DomainIdFilterType?: string | undefined }): boolean {
  return DomainIdFilterType !== undefined && DomainIdFilterType !== 'NONE'
}

const varOverrides = v.pipe(
  v.strictObject({
    /** The variables, which keep their types and become `vars_body`. */
    Parameters: v.optional(variables),
    VarsUri: v.optional(uri),
    VarsBody: v.optional(longBody('VarsUri')),
    UseStackSetVars: v.optional(
      v.pipe(
        v.array(variableName, 'must be a list of variables'),
        v.check((given) => new Set(given).size === given.length, 'must name each variable once'),
      ),
    ),
  }),
  v.forward(
    v.check(
      (given) => given.Parameters === undefined || given.VarsBody === undefined,
      'must not be given together with Parameters, which is the same in another form',
    ),
    ['VarsBody'],
  ),
  v.forward(
    v.check(
      ({ Parameters = {}, UseStackSetVars = [] }) =>
        UseStackSetVars.every((name) => !Object.hasOwn(Parameters, name)),
      'must not name a variable that Parameters holds too',
    ),
    ['UseStackSetVars'],
  ),
  v.check(
    (given) => Object.values(given).some((value) => value !== undefined),
    'must hold Parameters, VarsBody, VarsUri or UseStackSetVars',
  ),
)

const whole = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  StackSetName: stackSetName,
  StackSetId: v.optional(stackSetId),
  DeploymentTargets: deploymentTargets,
  VarOverrides: v.optional(varOverrides),
  OperationPreferences: v.optional(operationPreferences),
  CallIdentity: v.optional(callIdentity),
  SecretParameters: v.optional(v.array(text)),
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

/**
 * The properties that a Delete or a followed operation needs: where the instances are, and the values for the remaining
 * steps of an Update. All others may be invalid or missing, since the instances must be deleted all the same.
 */
export const standingInstancesProperties = v.object({
  ...huaweiConnection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  StackSetName: v.fallback(v.optional(stackSetName), undefined),
  DeploymentTargets: v.fallback(v.optional(deploymentTargets), undefined),
  VarOverrides: v.fallback(v.optional(varOverrides), undefined),
  OperationPreferences: v.fallback(v.optional(operationPreferences), undefined),
  CallIdentity: v.fallback(v.optional(callIdentity), undefined),
})

export type StandingInstancesProperties = v.InferOutput<typeof standingInstancesProperties>
