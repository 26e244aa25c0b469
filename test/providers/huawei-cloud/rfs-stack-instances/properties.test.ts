import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { provider } from '../../../../src/providers/huawei-cloud/rfs-stack-instances/provider.ts'
import {
  blocksOf,
  cellsOf,
  type Cell,
} from '../../../../src/providers/huawei-cloud/rfs-stack-instances/targets.ts'
import { KEYS, openWithoutCloud } from '../open.ts'

const base: JsonObject = {
  Auth: KEYS,
  Region: 'cn-north-4',
  StackSetName: 'my_set',
  DeploymentTargets: { Regions: ['cn-north-7'], DomainIds: ['a'] },
}

async function problemsOf(more: JsonObject): Promise<string[]> {
  return (await openWithoutCloud(provider, { ...base, ...more })).problems
}

describe('the properties of stack instances', () => {
  it('are accepted whole', async () => {
    expect(
      await problemsOf({
        StackSetName: '资源栈集_1',
        StackSetId: '11111111-1111-4111-8111-111111111111',
        DeploymentTargets: {
          Regions: ['cn-north-7', 'cn-east-3'],
          OrganizationalUnitIds: ['ou-1'],
          DomainIdFilterType: 'INTERSECTION',
          DomainIds: ['a', 'b'],
        },
        VarOverrides: {
          VarsBody: 'a = 1',
          VarsUri: 'https://b.obs.cn-north-7.myhuaweicloud.com/x.tfvars',
          UseStackSetVars: ['c'],
        },
        OperationPreferences: {
          RegionConcurrencyType: 'SEQUENTIAL',
          RegionOrder: ['cn-east-3', 'cn-north-7'],
          FailureToleranceCount: '1',
          MaxConcurrentPercentage: 50,
          FailureToleranceMode: 'SOFT_FAILURE_TOLERANCE',
        },
        CallIdentity: 'DELEGATED_ADMIN',
        SecretParameters: ['a'],
        Timeout: 600,
        OnExisting: 'any',
      }),
    ).toEqual([])
  })

  const targets = (more: JsonObject): JsonObject => ({
    DeploymentTargets: { Regions: ['cn-north-7'], ...more },
  })
  const preferences = (more: JsonObject): JsonObject => ({ OperationPreferences: more })

  it.each<[string, JsonObject, string]>([
    [
      'accounts in two ways',
      targets({ DomainIds: ['a'], DomainIdsUri: 'https://x' }),
      'DeploymentTargets.DomainIdsUri must not be given together with DomainIds',
    ],
    [
      'no accounts',
      targets({}),
      'DeploymentTargets.DomainIds must be given, or else DomainIdsUri, or for a set with service-managed permissions OrganizationalUnitIds',
    ],
    [
      'no regions',
      { DeploymentTargets: { Regions: [], DomainIds: ['a'] } },
      'DeploymentTargets.Regions must name one region at least',
    ],
    [
      'an account twice',
      targets({ DomainIds: ['a', 'a'] }),
      'DeploymentTargets.DomainIds must name each of the account ids once',
    ],
    [
      'a filter without units',
      targets({ DomainIds: ['a'], DomainIdFilterType: 'DIFFERENCE' }),
      'DeploymentTargets.DomainIdFilterType must not be given without OrganizationalUnitIds',
    ],
    [
      'a filter without accounts',
      targets({ OrganizationalUnitIds: ['o'], DomainIdFilterType: 'DIFFERENCE' }),
      'DeploymentTargets.DomainIdFilterType must have DomainIds or DomainIdsUri beside it where it is INTERSECTION or DIFFERENCE',
    ],
    [
      'accounts that no filter wants',
      targets({ OrganizationalUnitIds: ['o'], DomainIdFilterType: 'NONE', DomainIdsUri: 'https://x' }),
      'DeploymentTargets.DomainIdsUri must not be given together with OrganizationalUnitIds unless DomainIdFilterType is INTERSECTION or DIFFERENCE',
    ],
    [
      'the union that a Create does not take',
      targets({ OrganizationalUnitIds: ['o'], DomainIdFilterType: 'UNION', DomainIds: ['a'] }),
      'DeploymentTargets.DomainIdFilterType must be NONE, INTERSECTION or DIFFERENCE: CreateStackInstance does not take UNION',
    ],
    [
      'two tolerances',
      preferences({ FailureToleranceCount: 1, FailureTolerancePercentage: 1 }),
      'OperationPreferences.FailureTolerancePercentage must not be given together with FailureToleranceCount',
    ],
    [
      'two concurrencies',
      preferences({ MaxConcurrentCount: 1, MaxConcurrentPercentage: 1 }),
      'OperationPreferences.MaxConcurrentPercentage must not be given together with MaxConcurrentCount',
    ],
    [
      'a concurrency of none',
      preferences({ MaxConcurrentCount: 0 }),
      'OperationPreferences.MaxConcurrentCount must be a whole number from 1 to 100000',
    ],
    [
      'an order without a sequence',
      preferences({ RegionConcurrencyType: 'PARALLEL', RegionOrder: ['cn-north-7'] }),
      'OperationPreferences.RegionOrder must be given only where RegionConcurrencyType is SEQUENTIAL',
    ],
    [
      'an order of other regions',
      preferences({ RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: ['cn-east-3'] }),
      'OperationPreferences must have in its RegionOrder all the regions of DeploymentTargets.Regions, and no other',
    ],
    [
      'an identity for sets of another kind',
      { CallIdentity: 'DELEGATED_ADMIN' },
      'CallIdentity must be DELEGATED_ADMIN only for a set with service-managed permissions, which has DeploymentTargets.OrganizationalUnitIds',
    ],
    [
      'variables in two forms of one thing',
      { VarOverrides: { Parameters: { a: 1 }, VarsBody: 'a = 1' } },
      'VarOverrides.VarsBody must not be given together with Parameters, which is the same in another form',
    ],
    [
      'a variable that is overridden and is not',
      { VarOverrides: { Parameters: { a: 1 }, UseStackSetVars: ['a'] } },
      'VarOverrides.UseStackSetVars must not name a variable that Parameters holds too',
    ],
    [
      'overrides of nothing',
      { VarOverrides: {} },
      'VarOverrides must hold Parameters, VarsBody, VarsUri or UseStackSetVars',
    ],
    ['a name that is none', { StackSetName: '1' }, 'StackSetName must begin with a letter'],
    [
      'a property of another spelling',
      { DeploymentTarget: {} },
      'DeploymentTarget is not a known property; did you mean DeploymentTargets?',
    ],
  ])('are refused with %s', async (_, more, problem) => {
    const problems = await problemsOf(more)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it('keep URLs that OBS signed out of the log', async () => {
    const uri = 'https://b.obs.cn-north-7.myhuaweicloud.com/x.tfvars?Signature=s'
    const { secrets } = await openWithoutCloud(provider, { ...base, VarOverrides: { VarsUri: uri } })
    expect(secrets.mask(`cannot read ${uri}`)).not.toContain('Signature')
  })

  it('refuse an id of another provider', async () => {
    const { problems } = await openWithoutCloud(provider, base, {
      kind: 'update',
      physicalResourceId: 'arn:aws:cloudformation:x',
    })
    expect(problems).toEqual([
      'PhysicalResourceId is not the id of stack instances: this resource was not created by this provider',
    ])
  })

  it('may be incomplete for a Delete by an id, except for the targets', async () => {
    const physicalResourceId =
      'huaweicloud:rfs:cn-north-4:0a1:stack-sets/my_set/0a1b2c3d-0000-4000-8000-00000000000a/instances/0123456789abcdef'
    const open = (properties: JsonObject) =>
      openWithoutCloud(provider, properties, { kind: 'delete', physicalResourceId })
    const { DeploymentTargets } = base
    const broken = { ...base, StackSetName: 5, OperationPreferences: 'x', Unknown: 1 }
    expect((await open({ ...broken, DeploymentTargets: DeploymentTargets ?? null })).problems).toEqual([])
    expect((await open({ ...broken, DeploymentTargets: 5 })).problems[0]).toMatch(
      /^DeploymentTargets cannot be read/,
    )
  })
})

describe('the targets of a request', () => {
  it('cover exactly the desired instances, for any set of regions and accounts', () => {
    const cell = fc.record({
      region: fc.constantFrom('r1', 'r2', 'r3'),
      member: fc.constantFrom('a', 'b', 'c'),
    })
    const key = ({ region, member }: Cell) => `${region}/${member}`
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: key }), (cells) => {
        const blocks = blocksOf(cells, { by: 'accounts', ids: [] })
        const asked = blocks.flatMap(cellsOf).map(key)
        expect([...asked].sort()).toEqual(cells.map(key).sort())
      }),
    )
  })
})
