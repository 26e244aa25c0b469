import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import { startAbuse, type Abuse } from './harness.ts'
import { TIME_LIMITS } from '../time-limits.ts'

/**
 * The bridge as a confused deputy: a template author makes it use the operator's credentials, from the environment, on a stack
 * that another user created by hand.
 */

const NAME = 'prod-payroll'
const FOREIGN_TEMPLATE = { Resources: { B: { Type: 'AWS::S3::Bucket' } } }
const OWN_TEMPLATE = { Resources: { Mine: { Type: 'AWS::S3::Bucket' } } }

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
  const { region, url, key } = here.aws
  const client = new CloudFormationClient({ region, endpoint: url, credentials: { ...key } })
  await client.send(
    new CreateStackCommand({ StackName: NAME, TemplateBody: JSON.stringify(FOREIGN_TEMPLATE) }),
  )
  client.destroy()
  // Vitest allows expect.poll in tests only.
  await vi.waitFor(() => {
    expect(stack()?.status).toBe('CREATE_COMPLETE')
  }, TIME_LIMITS.expect.poll)
})
afterAll(() => here.close())

const stack = () => [...here.aws.cloud.stacks.values()].find(({ name }) => name === NAME)

const serve = (more: Readonly<Record<string, unknown>>, environment: Record<string, string> = {}) =>
  here.serve(here.event(more), {
    environment: {
      AWS_ACCESS_KEY_ID: here.aws.key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: here.aws.key.secretAccessKey,
      STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
      STACKBRIDGE_TIMEOUT_SECONDS: '200',
      ...environment,
    },
  })

const properties = (more: Readonly<Record<string, unknown>> = {}) => ({
  RegionId: here.aws.region,
  Endpoint: here.aws.url,
  Stack: { Name: NAME, Template: OWN_TEMPLATE },
  ...more,
})

it.each([undefined, 'own', 'never', 'any'])(
  'does not update or delete the stack with OnExisting %s',
  async (OnExisting) => {
    const before = here.aws.calls.length
    const given = properties(OnExisting === undefined ? {} : { OnExisting })
    const created = await serve({ RequestId: `create-${String(OnExisting)}`, ResourceProperties: given })
    expect(created).toMatchObject({
      verdict: {
        status: 'FAILED',
        reason: expect.stringMatching(/exists already.*STACKBRIDGE_ALLOW_ADOPTION/),
      },
    })
    // ROS sends no id with the Delete of a failed Create.
    const deleted = await serve({
      RequestType: 'Delete',
      RequestId: `delete-${String(OnExisting)}`,
      ResourceProperties: given,
    })
    expect(deleted).toMatchObject({ verdict: { status: 'SUCCESS' } })
    expect(here.aws.calls.slice(before)).not.toContain('UpdateStack')
    expect(here.aws.calls.slice(before)).not.toContain('DeleteStack')
    expect(stack()?.status).toBe('CREATE_COMPLETE')
  },
)

it.each(['false', '', 'yes'])('does not do so with STACKBRIDGE_ALLOW_ADOPTION=%s', async (value) => {
  const served = await serve(
    { RequestId: `setting-${value}`, ResourceProperties: properties({ OnExisting: 'any' }) },
    { STACKBRIDGE_ALLOW_ADOPTION: value },
  )
  expect(served).toMatchObject({
    verdict: { status: 'FAILED', reason: expect.stringContaining('STACKBRIDGE_ALLOW_ADOPTION') },
  })
  expect(stack()?.status).toBe('CREATE_COMPLETE')
})

it('takes the stack over if the operator has allowed it', async () => {
  const served = await serve(
    { RequestId: 'allowed', ResourceProperties: properties({ OnExisting: 'any' }) },
    { STACKBRIDGE_ALLOW_ADOPTION: 'true' },
  )
  expect(served).toMatchObject({ verdict: { status: 'SUCCESS' } })
  expect(stack()?.tags.get('stackbridge:ros-stack-id')).toBe('stack')
})
