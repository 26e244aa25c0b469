import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { provider } from '../../../../src/providers/huawei-cloud/rfs-stack-set/provider.ts'
import { KEYS, openWithoutCloud } from '../open.ts'

const set: JsonObject = {
  AdministrationAgencyName: 'rfs_admin',
  ManagedAgencyName: 'rfs_member',
  TemplateBody: 'variable "a" {}',
}

async function problemsOf(StackSet: JsonObject, more: JsonObject = {}): Promise<string[]> {
  return (await openWithoutCloud(provider, { Auth: KEYS, Region: 'cn-north-4', StackSet, ...more })).problems
}

describe('the properties of a stack set', () => {
  it('are accepted, with agencies or managed by the service', async () => {
    expect(await problemsOf({ ...set, Parameters: { a: [1] }, VarsUri: 'https://x' })).toEqual([])
    expect(
      await problemsOf(
        { PermissionModel: 'SERVICE_MANAGED', TemplateUri: 'https://x.tf' },
        { CallIdentity: 'DELEGATED_ADMIN' },
      ),
    ).toEqual([])
  })

  it.each<[string, JsonObject, JsonObject, string]>([
    [
      'two templates',
      { ...set, TemplateUri: 'https://x' },
      {},
      'StackSet.TemplateUri must not be given together with TemplateBody',
    ],
    [
      'no template',
      { AdministrationAgencyName: 'a', ManagedAgencyName: 'b' },
      {},
      'StackSet.TemplateBody must be given, or TemplateUri',
    ],
    [
      'two administration agencies',
      { ...set, AdministrationAgencyUrn: 'urn' },
      {},
      'StackSet.AdministrationAgencyName must be given, or else AdministrationAgencyUrn, but not both',
    ],
    [
      'agencies that the service manages',
      { ...set, PermissionModel: 'SERVICE_MANAGED' },
      {},
      'StackSet.PermissionModel must not be SERVICE_MANAGED together with AdministrationAgencyName',
    ],
    [
      'no managed agency',
      { AdministrationAgencyName: 'a', TemplateBody: 'x' },
      {},
      'StackSet.ManagedAgencyName must be given unless PermissionModel is SERVICE_MANAGED',
    ],
    [
      'an identity for sets of another kind',
      set,
      { CallIdentity: 'DELEGATED_ADMIN' },
      'CallIdentity must be DELEGATED_ADMIN only where StackSet.PermissionModel is SERVICE_MANAGED',
    ],
    [
      "the owner's mark",
      { ...set, Description: 'stackbridge:owner=me' },
      {},
      'StackSet.Description must hold neither stackbridge: nor stackbridge-instances:',
    ],
  ])('are refused with %s', async (_, given, more, problem) => {
    const problems = await problemsOf(given, more)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it('mask the values of sensitive variables', async () => {
    const { secrets } = await openWithoutCloud(provider, {
      Auth: KEYS,
      Region: 'cn-north-4',
      StackSet: {
        ...set,
        TemplateBody: 'variable "a" {\n  sensitive = true\n}',
        Parameters: { a: 'hunter-2-hunter-2' },
      },
    })
    expect(secrets.mask('said hunter-2-hunter-2')).not.toContain('hunter')
  })
})
