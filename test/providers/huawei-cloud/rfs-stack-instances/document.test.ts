import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asText, isJsonObject, parseJson, type JsonObject } from '../../../../src/platform/json.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloud,
} from '../../../../src/sandbox/huawei-cloud/server.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { succeeded } from '../../../outcome-assertions.ts'
import { makeStackSet } from '../stack-set-world.ts'
import { rfsConnection } from '../../../embedded-connections.ts'

const SET = 'my_hello_world_stack_set'
const OBS_URI = 'https://my-obs.obs.cn-north-7.ulanqab.huawei.com/domain_ids.csv'
const ACCOUNTS = ['6cbcca2a2f114a63841bdbc7a19b7b12', '1e03325ba3cc47b1fdb03f3771bbb4f3']

let cloud: SandboxHuaweiCloud
let world: BridgeWorld

beforeEach(async () => {
  cloud = await startSandboxHuaweiCloud({ objects: new Map([[OBS_URI, ACCOUNTS.join(',\n')]]) })
  world = await startBridgeWorld()
  makeStackSet(cloud, SET)
})
afterEach(async () => {
  await world.close()
  await cloud.close()
})

/** As the document prints them. https://support.huaweicloud.com/api-aos/CreateStackInstance.html */
const DOCUMENTED = {
  'huawei-cloud/rfs-stack-instances/create.json': `{
  "deployment_targets" : {
    "regions" : [ "cn-north-7" ],
    "domain_ids" : [ "6cbcca2a2f114a63841bdbc7a19b7b12", "1e03325ba3cc47b1fdb03f3771bbb4f3" ]
  },
  "operation_preferences" : {
    "region_concurrency_type" : "SEQUENTIAL"
  }
}`,
  'huawei-cloud/rfs-stack-instances/create-by-file.json': `{
  "deployment_targets" : {
    "regions" : [ "cn-north-7" ],
    "domain_ids_uri" : "https://my-obs.obs.cn-north-7.ulanqab.huawei.com/domain_ids.csv"
  },
  "operation_preferences" : {
    "region_concurrency_type" : "PARALLEL"
  }
}`,
}

describe('the requests that the document of CreateStackInstance prints', () => {
  it.each(Object.entries(DOCUMENTED))(
    'of the event file %s are unchanged byte for byte, except for blanks',
    async (file, documented) => {
      const { ResourceProperties, ResourceType, LogicalResourceId } = await readEvent(file)
      if (!isJsonObject(ResourceProperties ?? null)) throw new Error('the event has no properties')
      const resource = new SandboxResource(world.ros, {
        logicalResourceId: asText(LogicalResourceId ?? null),
        resourceType: asText(ResourceType ?? null),
        parameters: {
          ...(ResourceProperties as JsonObject),
          ...rfsConnection(cloud),
        },
      })
      const outputs = succeeded(await resource.create())
      const posted = cloud.requests.filter(({ method, url }) => method === 'POST' && url.startsWith('/v1/'))
      expect(posted.map(({ url }) => url)).toEqual([`/v1/stack-sets/${SET}/stack-instances`])
      expect(posted[0]?.body).toBe(documented.replaceAll(/\s/g, ''))
      expect(outputs).toMatchObject({
        Instances: [...ACCOUNTS]
          .sort()
          .map((DomainId) => ({ Region: 'cn-north-7', DomainId, Status: 'OPERATION_COMPLETE' })),
      })
      succeeded(await resource.delete())
      expect(cloud.stackSets.sets.get(SET)?.instances.size).toBe(0)
    },
  )
})

async function readEvent(name: string): Promise<JsonObject> {
  const parsed = parseJson(await readFile(new URL(`../../../../examples/events/${name}`, import.meta.url)))
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`${name} is no event`)
  return parsed.value
}
