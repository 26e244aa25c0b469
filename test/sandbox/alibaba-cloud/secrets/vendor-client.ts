import { createRequire } from 'node:module'
import type * as core from '@alicloud/openapi-core'
import type { SandboxKey } from '../../../../src/sandbox/alibaba-cloud/ros/signature.ts'

type Core = Pick<typeof core, '$OpenApiUtil'> & { default: typeof core.default }

/** Published as CommonJS, with the client as its `default`. */
const { default: Client, $OpenApiUtil } = createRequire(import.meta.url)('@alicloud/openapi-core') as Core
const { RuntimeOptions } = createRequire(import.meta.url)('@darabonba/typescript') as {
  RuntimeOptions: new (map: object) => Parameters<InstanceType<typeof Client>['callApi']>[2]
}

/** The place of a call's parameters: the vendor's SDK for KMS puts all into the query, its Terraform provider into a form. */
export type Place = 'query' | 'body'

/** Alibaba Cloud's own client, pointed at a loopback server. Resolves with the answer's body; rejects with the vendor's error. */
export function vendorCall(url: string, { accessKeyId, accessKeySecret, securityToken }: SandboxKey) {
  const client = new Client(
    new $OpenApiUtil.Config({
      accessKeyId,
      accessKeySecret,
      ...(securityToken === undefined ? {} : { securityToken, type: 'sts' }),
      endpoint: new URL(url).host,
      protocol: 'http',
    }),
  )
  return async (action: string, parameters: Record<string, string>, place: Place = 'query') => {
    const params = new $OpenApiUtil.Params({
      action,
      version: '2016-01-20',
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    })
    const request = new $OpenApiUtil.OpenApiRequest({ [place]: parameters })
    const answer: { body?: unknown } = await client.callApi(params, request, new RuntimeOptions({}))
    return answer.body
  }
}
