import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { isJsonObject, parseJson, type JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiAosStack } from '../../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

/** The example of https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-aos/aos_02_0024.html, as the page shows it. */
const DOCUMENTED = `{
    "name": "aos-lm-verydows-t1",
    "template_id": "b417b635-6ab2-1fed-b593-b129a9923ba2",
    "project_id": "10556c2112784111b8bf10512591189e",
    "cluster_id": "46c547ca-e96c-11e7-98b9-0255ac102005",
    "inputs_json": {
        "ecsng-image": "192.168.3.88:20202/default/verydows-ecsng:2.1.1",
        "mysql-image": "192.168.3.88:20202/tangtao/verydows-mysql:5.6.35",
        "redis-image": "192.168.3.88:20202/default/verydows-redis:4.0.2_passwd",
        "verydows-image": "192.168.3.88:20202/default/verydows:2.3.1",
        "verydows-install-image": "192.168.3.88:20202/default/verydows:2.3.1",
        "mysql-name": "verydows-mysql-t1"
    }
}`

let world: HuaweiWorld
afterEach(() => world.close())

async function exampleProperties(): Promise<JsonObject> {
  const file = await readFile(
    new URL('../../../../examples/events/huawei-cloud/aos-stack/create.json', import.meta.url),
  )
  const parsed = parseJson(file)
  const properties = parsed.ok && isJsonObject(parsed.value) ? parsed.value['ResourceProperties'] : undefined
  if (properties === undefined || !isJsonObject(properties)) throw new Error('the example has no properties')
  return properties
}

describe("the example of AOS's document", () => {
  it('is sent byte for byte from a ROS event file, except for white space', async () => {
    world = await startHuaweiWorld(createHuaweiAosStack(createHuaweiMemory()), {
      projectId: '10556c2112784111b8bf10512591189e',
    })
    const session = await world.open({ ...(await exampleProperties()), ...world.connection })
    const watch = startedWatch(await session.create())
    const sent = world.cloud.requests.find(({ method }) => method === 'POST')
    expect(sent?.url).toBe('/v2/stacks')
    expect(sent?.body).toBe(JSON.stringify(JSON.parse(DOCUMENTED)))
    expect(await settled(session, watch)).toMatchObject({
      phase: 'succeeded',
      outputs: { 'mysql-name': 'verydows-mysql-t1' },
    })
  })
})
