import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createHuaweiAosStack } from '../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { createHuaweiMemory } from '../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStack } from '../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import { THING_TEMPLATE_ID } from '../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from './world.ts'

const services = [
  {
    service: 'RFS',
    create: createHuaweiRfsStack,
    properties: { Stack: { Name: 'a-stack' } },
    calls: ['GetStackMetadata', 'ListStackEvents', 'ListStackOutputs', 'CreateStack …'],
    lookUp: 'GetStackMetadata',
    settledAs: 'CREATION_COMPLETE',
  },
  {
    service: 'AOS',
    create: createHuaweiAosStack,
    properties: {
      Stack: { Name: 'a-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    },
    calls: ['stack list', 'stack query', 'stack create …'],
    lookUp: 'stack query',
    settledAs: 'Running',
  },
]

describe.each(services)('the checks of $service', ({ create, properties, calls, lookUp, settledAs }) => {
  let world: HuaweiWorld
  beforeEach(async () => {
    world = await startHuaweiWorld(create(createHuaweiMemory()))
  })
  afterEach(() => world.close())

  const checked = async (more: JsonObject = {}) => {
    const results = []
    const session = await world.open({ ...properties, ...more })
    for await (const check of session.checks?.() ?? []) results.push(check)
    return results
  }

  it('find nothing missing in a cloud that allows everything, and change nothing', async () => {
    const results = await checked()
    expect(results.map(({ name }) => name)).toEqual(['project', ...calls])
    expect(results.map(({ result }) => result)).toEqual([...calls.map(() => 'ok'), 'unknown'])
    expect(results[0]?.detail).toBe(world.cloud.user.projectId)
    expect(world.cloud.requests.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual([])
  })

  it('name the owner of the stack of that name', async () => {
    const session = await world.open(properties)
    await settled(session, startedWatch(await session.create()))
    expect((await checked()).find(({ name }) => name === lookUp)?.detail).toBe(
      `stack a-stack is there: ${settledAs}, marked as this resource's`,
    )
  })

  it('end at a wrong key, with advice on what to check', async () => {
    const Auth = { AccessKey: world.cloud.keys.accessKey, SecretKey: 'wrong', AuthUrl: world.cloud.url }
    expect(await checked({ Auth })).toEqual([
      {
        name: 'project',
        result: 'missing',
        detail: expect.stringMatching(/^IAM project list: HTTP 401: .*; check keys, security token and user/),
      },
    ])
  })

  it('report a service that cannot be reached', async () => {
    const results = await checked({ Endpoint: 'http://127.0.0.1:9' })
    expect(results.map(({ result }) => result)).toEqual(['ok', 'missing'])
    expect(results[1]?.detail).toMatch(/gave no answer: .*; check Region, Auth.AuthUrl and Endpoint/)
  })
})
