import { createServer } from 'node:http'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { toCloudError } from '../../../../src/providers/aws/cloudformation/cloud-error.ts'
import type { CloudError } from '../../../../src/providers/provider.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

/** What the AWS SDK's own reading of an answer leads to. */
async function errorOf(status: number, body: string): Promise<CloudError> {
  const listening = await listen(
    createServer((request, response) =>
      request.resume().on('end', () => response.writeHead(status).end(body)),
    ),
  )
  const client = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: listening.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
  try {
    const refused = await client.send(new DescribeStacksCommand({})).then(
      () => undefined,
      (error: unknown) => error,
    )
    return toCloudError(refused, 'DescribeStacks', new Secrets())
  } finally {
    client.destroy()
    await listening.close()
  }
}

describe('a 404 in the place of CloudFormation', () => {
  it.each([
    ['a page', '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>'],
    ['a text', 'default backend - 404'],
    ['nothing', ''],
  ])('is retried if it says %s', async (_, body) => {
    expect(await errorOf(404, body)).toMatchObject({ kind: 'unavailable' })
  })

  it('is accepted if it is an error of the service', async () => {
    const body =
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
      '<Code>StackSetNotFoundException</Code><Message>not found</Message></Error><RequestId>1</RequestId></ErrorResponse>'
    expect(await errorOf(404, body)).toMatchObject({ kind: 'rejected' })
  })
})

describe('what no XML parser can read', () => {
  // The page of Python's WSGI servers, as moto sends it.
  const page =
    '<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal</h1>\n'

  it.each([200, 403, 500, 502])(
    'is reported by its HTTP status, without text of the SDK: %i',
    async (status) => {
      const error = await errorOf(status, page)
      expect(error).toMatchObject({ kind: 'unavailable', isUnreadable: true })
      expect(error.message).toBe(
        `AWS DescribeStacks was answered with HTTP ${String(status)} and what is no answer of AWS: ` +
          'check RegionId, Endpoint and the proxies',
      )
    },
  )
})

describe('the page of a proxy that is XML as well', () => {
  const page = '<html><head><title>A proxy</title></head><body><p>Something else</p></body></html>'

  it.each([302, 400, 403, 407, 451])('contains nothing of the request: HTTP %i', async (status) => {
    const error = await errorOf(status, page)
    expect(error).toMatchObject({ kind: 'unavailable', isLasting: true })
    expect(error.message).toBe(`AWS DescribeStacks: HTTP ${String(status)}: it did not say why`)
  })

  it('slows the calls down if it says that there are too many: HTTP 429', async () => {
    expect(await errorOf(429, page)).toMatchObject({ kind: 'throttled' })
  })
})
