import { createServer } from 'node:http'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/platform/clock.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { createHuaweiMemory, HuaweiClient } from '../../../src/providers/huawei-cloud/client.ts'
import { HuaweiServiceClient } from '../../../src/providers/huawei-cloud/service-client.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

class Stacks extends HuaweiServiceClient {
  create() {
    return this.change({ action: 'RFS CreateStack', method: 'POST', path: '/v1/stacks' })
  }

  async outputs() {
    const action = 'RFS ListStackOutputs'
    const answer = await this.call({ action, method: 'GET', path: '/v1/stacks/one/outputs' })
    return this.parse(v.object({ outputs: v.nullish(v.array(v.unknown())) }), answer, action, 'outputs')
      .outputs
  }
}

/** A service that answers everything so. */
async function answering(status: number, type: string, body: string): Promise<Stacks> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  const listening = await listen(server)
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  open.push(listening, network)
  const secrets = new Secrets()
  const huawei = new HuaweiClient({
    identity: {
      credentials: { by: 'keys', keys: { accessKey: 'known', secretKey: 'planted' } },
      region: 'cn-north-4',
      origin: 'properties',
      iam: { path: 'Auth.AuthUrl', url: listening.url, namedBy: 'properties' },
      projectId: 'project',
    },
    endpoint: listening.url,
    http: { network, tls: {}, secrets, placedBy: 'Endpoint' },
    clock: systemClock,
    random: () => 0.5,
    memory: createHuaweiMemory(),
  })
  return new Stacks(huawei, secrets, 'RFS', 'project')
}

/** A change that is answered so. */
async function changed(status: number, type: string, body: string) {
  return (await answering(status, type, body)).create()
}

const STATUSES = [400, 403, 404, 409]

describe('a change', () => {
  it.each(STATUSES)('is refused by an error of the service with HTTP %i', async (status) => {
    const answer = changed(status, 'application/json', '{"error_code":"RF.10012507","error_msg":"no"}')
    expect(await answer).toMatchObject({ accepted: false, refusal: { status } })
  })

  it.each(STATUSES)(
    "may have been carried out if something else answers HTTP %i in the service's place",
    async (status) => {
      for (const [type, body] of [
        ['text/html', '<html>Blocked</html>'],
        ['application/json', '{"message":"blocked"}'],
        ['text/plain', ''],
      ] as const)
        await expect(changed(status, type, body)).rejects.toMatchObject({
          kind: 'unavailable',
          message: expect.stringContaining(`HTTP ${String(status)}`),
        })
    },
  )
})

describe('a list', () => {
  it.each(['{"outputs":[]}', '{"outputs":null}', '{}', '{"page_info":{"next_marker":null}}'])(
    'may be empty: %s',
    async (body) => {
      const service = await answering(200, 'application/json', body)
      expect((await service.outputs()) ?? []).toEqual([])
    },
  )

  it.each(['{"status":"ok","data":[]}', '{"code":0}', '[]', 'null', '{', ''])(
    "is not empty if something else answers in the service's place: %s",
    async (body) => {
      const service = await answering(200, 'application/json', body)
      await expect(service.outputs()).rejects.toMatchObject({ kind: 'unavailable', isUnreadable: true })
    },
  )
})
