import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { provider as huaweiAosStack } from '../../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import type { StackRequest } from '../../../../src/providers/provider.ts'
import { openWithoutCloud } from '../open.ts'

const Auth = { AccessKey: 'AK', SecretKey: 'planted-secret-key' }
const Stack = { Name: 'my-stack', TemplateId: 'b417b635-6ab2-1fed-b593-b129a9923ba2' }
const properties = { Auth, Region: 'cn-north-1', Stack }
const ID = 'huaweicloud:aos:cn-north-1:0a1:stacks/my-stack/d956ea24-e979-11e7-9764-0255ac103504'

const open = (given: JsonObject, more: Partial<StackRequest> = {}) =>
  openWithoutCloud(huaweiAosStack, given, more)

describe('the properties of an AOS stack', () => {
  it('are accepted whole', async () => {
    const { problems } = await open({
      ...properties,
      Endpoint: 'https://aos.example.com/',
      Stack: {
        ...Stack,
        Description: '',
        InputsJson: { a: { b: [1, true, null] } },
        Force: 'false',
        Labels: { 'team.1-a': 'blue_2' },
        Namespace: 'default',
        ClusterId: 'c',
        ActionParameters: { FailureStrategy: 'Rollback', AutoCreate: true, Timeout: '1440' },
      },
      OwnerLabels: true,
      OnDeleteFailed: ['retry', 'force'],
      SecretParameters: ['a'],
      Timeout: 600,
    })
    expect(problems).toEqual([])
  })

  it.each<[string, JsonObject, string]>([
    [
      'a name with what AOS does not take in it',
      { Name: 'My_Stack' },
      'Stack.Name must hold only lowercase letters, digits and -, 63 at most, and neither begin nor end with -',
    ],
    [
      'a name that ends with a hyphen',
      { Name: 'my-' },
      'Stack.Name must hold only lowercase letters, digits and -, 63 at most, and neither begin nor end with -',
    ],
    [
      'a template id that is too long',
      { TemplateId: 'x'.repeat(65) },
      'Stack.TemplateId must be at most 64 characters long',
    ],
    [
      'a label that begins with a hyphen',
      { Labels: { '-a': 'b' } },
      'Stack.Labels must be labels whose keys and values have at most 64 characters: letters, digits, _, - and ., the first one neither - nor .',
    ],
    [
      "a label of the bridge's",
      { Labels: { stackbridge_owner: 'x' } },
      'Stack.Labels must not hold a label that begins with stackbridge_: these mark the owner',
    ],
    [
      'a lifecycle of more than a day',
      { ActionParameters: { Timeout: 1441 } },
      'Stack.ActionParameters.Timeout must be a whole number from 1 to 1440',
    ],
    [
      'a strategy that AOS does not have',
      { ActionParameters: { FailureStrategy: 'Retry' } },
      'Stack.ActionParameters.FailureStrategy must be one of DoNothing, Rollback',
    ],
    [
      'an unknown property',
      { TemplateID: 'x' },
      'Stack.TemplateID is not a known property; did you mean TemplateId?',
    ],
  ])('are refused with the expected value: %s', async (_, stack, problem) => {
    expect((await open({ ...properties, Stack: { ...Stack, ...stack } })).problems).toEqual([problem])
  })

  it('require a template, since AOS accepts none in the request', async () => {
    const { problems } = await open({ ...properties, Stack: { Name: 'my-stack' } })
    expect(problems).toEqual(['Stack.TemplateId is missing; it must be a string'])
  })

  it('keep secrets secret', async () => {
    const { secrets } = await open({
      ...properties,
      Stack: { ...Stack, InputsJson: { pin: 'planted-pin' } },
      SecretParameters: ['pin', 'other'],
    })
    for (const secret of ['planted-secret-key', 'planted-pin'])
      expect(secrets.mask(`<${secret}>`)).toBe('<[secret]>')
  })
})

describe('the identity of an AOS stack', () => {
  const update = async (changes: JsonObject) => {
    const { opened } = await open({ ...properties, ...changes }, { kind: 'update', physicalResourceId: ID })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return opened.session.identityProblems.map(({ path }) => path)
  }

  it('allows no change of name, region or project', async () => {
    expect(await update({ Auth: { ...Auth, ProjectId: '0a1' } })).toEqual([])
    expect(await update({ Stack: { ...Stack, Name: 'other' } })).toEqual(['Stack.Name'])
    expect(await update({ Region: 'cn-east-3' })).toEqual(['Region'])
    expect(await update({ Auth: { ...Auth, ProjectId: 'p2' } })).toEqual(['Auth.ProjectId'])
  })

  it('is not another provider’s, nor RFS’s', async () => {
    const physicalResourceId = ID.replace(':aos:', ':rfs:')
    expect((await open(properties, { kind: 'update', physicalResourceId })).problems).toEqual([
      'PhysicalResourceId is not the id of an AOS stack: this resource was not created by this provider',
    ])
  })

  it('is enough for a Delete, even with invalid properties', async () => {
    const broken = { Auth, Stack: { Name: 5, Nonsense: true }, Timeout: 'x' }
    expect((await open(broken, { kind: 'delete', physicalResourceId: ID })).problems).toEqual([])
  })

  it('is kept when an operation is handed off, without template and inputs', () => {
    expect(huaweiAosStack.propertiesToFollow({ ...properties, Timeout: 5, SecretParameters: ['a'] })).toEqual(
      { Auth, Region: 'cn-north-1', Timeout: 5, Stack: { Name: 'my-stack' } },
    )
  })
})
