import { createServer } from 'node:http'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { toCloudError } from '../../../../src/providers/aws/cloudformation/cloud-error.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

/** The kind of error that the AWS SDK's own reading of a 404 leads to. */
async function kindOf404(body: string): Promise<string> {
  const listening = await listen(
    createServer((request, response) => request.resume().on('end', () => response.writeHead(404).end(body))),
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
    return toCloudError(refused, 'DescribeStacks', new Secrets()).kind
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
  ])('is retried where it says %s', async (_, body) => {
    expect(await kindOf404(body)).toBe('unavailable')
  })

  it('is believed where it is an error of the service', async () => {
    const body =
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
      '<Code>StackSetNotFoundException</Code><Message>not found</Message></Error><RequestId>1</RequestId></ErrorResponse>'
    expect(await kindOf404(body)).toBe('rejected')
  })
})
