import {
  type CloudFormationClient,
  type CloudFormationClientConfig,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListImportsCommand,
  paginateDescribeStackEvents,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  type CreateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { SANDBOX_KEY, type SandboxCloudFormation } from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { clientOf, useCloudFormation } from './cloudformation-client.ts'

/** The behaviours of the embedded CloudFormation on which other tests rely, called by the AWS SDK. */

let aws: SandboxCloudFormation
let client: CloudFormationClient

const connect = (more: CloudFormationClientConfig = {}) => clientOf(aws, more)

useCloudFormation({ resourceDelayMs: 10, eventsPerPage: 3 }, (startedAws, startedClient) => {
  aws = startedAws
  client = startedClient
})

const template = (resources: object, rest: object = {}) => JSON.stringify({ Resources: resources, ...rest })
const thing = (properties: object = {}) => ({ Type: 'Sandbox::Resource', Properties: properties })

const create = (TemplateBody: string, more: Partial<CreateStackCommandInput> = {}) =>
  client.send(new CreateStackCommand({ StackName: 'a-stack', TemplateBody, ...more }))
const update = (TemplateBody: string, more: object = {}) =>
  client.send(new UpdateStackCommand({ StackName: 'a-stack', TemplateBody, ...more }))
const remove = (more: object = {}) => client.send(new DeleteStackCommand({ StackName: 'a-stack', ...more }))
const read = async (name = 'a-stack') =>
  (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]
const status = async (name?: string) => (await read(name))?.StackStatus
const settles = (expected: string, name?: string) => expect.poll(() => status(name)).toBe(expected)
const fails = (promise: Promise<unknown>, name: string, message: string | RegExp) =>
  expect(promise).rejects.toMatchObject({ name, message: expect.stringMatching(message) })

describe('a wait condition', () => {
  it('fails after its timeout, since it gets no signal', async () => {
    const Properties = { Handle: { Ref: 'Handle' }, Timeout: 0, Count: 2 }
    const Handle = { Type: 'AWS::CloudFormation::WaitConditionHandle' }
    await create(template({ Handle, Gate: { Type: 'AWS::CloudFormation::WaitCondition', Properties } }))
    await settles('ROLLBACK_COMPLETE')
    const reasons: (string | undefined)[] = []
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: 'a-stack' }))
      reasons.push(...(page.StackEvents ?? []).map(({ ResourceStatusReason }) => ResourceStatusReason))
    expect(reasons).toContain('WaitCondition timed out. Received 0 conditions when expecting 2')
  })
})

describe('a region', () => {
  it('has its own stacks, with its name in ids, pseudo parameters and zones', async () => {
    const body = template(
      { Queue: { Type: 'AWS::SQS::Queue' } },
      {
        Outputs: {
          Region: { Value: { Ref: 'AWS::Region' }, Export: { Name: 'the-export' } },
          Zone: { Value: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
          Arn: { Value: { 'Fn::GetAtt': 'Queue.Arn' } },
          Id: { Value: { Ref: 'AWS::StackId' } },
        },
      },
    )
    for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-1']) {
      client = connect({ region })
      const { StackId = '' } = await create(body)
      expect(StackId).toMatch(`arn:aws:cloudformation:${region}:`)
      await settles('CREATE_COMPLETE')
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({}))
      expect(Stacks.map((stack) => stack.StackId)).toEqual([StackId])
      const outputs = Object.fromEntries(
        (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
      )
      expect(outputs).toMatchObject({ Region: region, Zone: `${region}a`, Id: StackId })
      expect(outputs['Arn']).toContain(`:sqs:${region}:`)
    }
  })

  it.each([
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])(
    'names the partition of the region %s in ARNs and pseudo parameters',
    async (region, partition, suffix) => {
      client = connect({ region })
      const { StackId = '' } = await create(
        template(
          { Bucket: { Type: 'AWS::S3::Bucket' }, Topic: { Type: 'AWS::SNS::Topic' } },
          {
            Outputs: {
              Partition: { Value: { Ref: 'AWS::Partition' } },
              Suffix: { Value: { Ref: 'AWS::URLSuffix' } },
              Bucket: { Value: { 'Fn::GetAtt': 'Bucket.Arn' } },
              Host: { Value: { 'Fn::GetAtt': 'Bucket.RegionalDomainName' } },
              Topic: { Value: { Ref: 'Topic' } },
            },
          },
        ),
      )
      await settles('CREATE_COMPLETE')
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({}))
      const outputs = Object.fromEntries(
        (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
      )
      expect(StackId).toMatch(`arn:${partition}:cloudformation:${region}:`)
      expect(outputs).toMatchObject({ Partition: partition, Suffix: suffix })
      expect(outputs['Bucket']).toMatch(`arn:${partition}:s3:::`)
      expect(outputs['Host']).toMatch(new RegExp(`\\.s3\\.${region}\\.${suffix}$`))
      expect(outputs['Topic']).toMatch(`arn:${partition}:sns:${region}:`)
    },
  )
})

describe('signatures', () => {
  it('of another secret, an unknown key, no region or a stale clock are refused', async () => {
    const list = (more: CloudFormationClientConfig) => connect(more).send(new DescribeStacksCommand({}))
    await fails(
      list({ credentials: { ...SANDBOX_KEY, secretAccessKey: 'x' } }),
      'SignatureDoesNotMatch',
      'does not match',
    )
    await fails(
      list({ credentials: { accessKeyId: 'AKIAX', secretAccessKey: 'x' } }),
      'InvalidClientTokenId',
      'invalid',
    )
    await fails(list({ region: 'nowhere' }), 'SignatureDoesNotMatch', 'scoped to a valid region')
    await fails(list({ systemClockOffset: -3_600_000 }), 'SignatureDoesNotMatch', 'Signature expired')
  })

  it('of an assumed role are accepted with its token only', async () => {
    const sts = new STSClient({
      endpoint: aws.url,
      region: aws.region,
      credentials: SANDBOX_KEY,
      maxAttempts: 1,
    })
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/R', RoleSessionName: 's' }
    const { Credentials } = await sts.send(new AssumeRoleCommand(role))
    const keys = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
    }
    const credentials = { ...keys, sessionToken: Credentials?.SessionToken ?? '' }
    await connect({ credentials }).send(new DescribeStacksCommand({}))
    const withoutToken = connect({ credentials: keys })
    await fails(withoutToken.send(new DescribeStacksCommand({})), 'InvalidClientTokenId', 'invalid')
  })
})

describe('a creation', () => {
  it('takes time and records events: newest first, in pages, with the request token', async () => {
    const { StackId } = await create(
      template({ A: thing({ DelaySeconds: 1 }), B: { ...thing(), DependsOn: 'A' } }),
      {
        ClientRequestToken: 'token-1',
      },
    )
    expect(await status()).toBe('CREATE_IN_PROGRESS')
    await settles('CREATE_COMPLETE')
    const events = []
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: StackId ?? '' }))
      events.push(...(page.StackEvents ?? []))
    expect(
      events
        .map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId ?? ''} ${ResourceStatus ?? ''}`)
        .reverse(),
    ).toEqual([
      'a-stack CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'B CREATE_IN_PROGRESS',
      'B CREATE_COMPLETE',
      'a-stack CREATE_COMPLETE',
    ])
    expect(new Set(events.map(({ ClientRequestToken }) => ClientRequestToken))).toEqual(new Set(['token-1']))
  })

  it('resolves Ref, Fn::GetAtt, Fn::Sub, Fn::Join and pseudo parameters, in YAML short forms too', async () => {
    await create(
      [
        'Parameters: {Name: {Type: String, Default: me}}',
        'Resources: {Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Sub "${Name}-${AWS::Region}"}}}',
        'Outputs:',
        '  Ref: {Value: !Ref Bucket}',
        '  Arn: {Value: !GetAtt Bucket.Arn}',
        '  Join: {Value: !Join [":", [a, !Ref Name, !Ref "AWS::AccountId"]]}',
        '  Long: {Value: {"Fn::Join": ["", [{"Fn::GetAtt": [Bucket, Arn]}, "/*"]]}}',
      ].join('\n'),
    )
    await settles('CREATE_COMPLETE')
    const outputs = Object.fromEntries(
      (await read())?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? [],
    )
    expect(outputs).toEqual({
      Ref: 'me-us-east-1',
      Arn: 'arn:aws:s3:::me-us-east-1',
      Join: 'a:me:123456789012',
      Long: 'arn:aws:s3:::me-us-east-1/*',
    })
  })

  it('that fails is rolled back, deleted or kept as OnFailure says, and resources in progress are cancelled', async () => {
    const body = template({
      Bad: thing({ FailOn: 'create', Message: 'no' }),
      Slow: thing({ DelaySeconds: 3 }),
    })
    await create(body)
    await settles('ROLLBACK_COMPLETE')
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'a-stack' }))
    expect(StackEvents?.[0]).toMatchObject({ ResourceStatus: 'ROLLBACK_COMPLETE' })
    expect(
      aws.cloud.stacks
        .values()
        .next()
        .value?.events.map(({ reason }) => reason),
    ).toContain('Resource creation cancelled')
    const left = await create(body, { StackName: 'left', OnFailure: 'DO_NOTHING' })
    await settles('CREATE_FAILED', left.StackId)
    const gone = await create(body, { StackName: 'gone', OnFailure: 'DELETE' })
    await settles('DELETE_COMPLETE', gone.StackId)
  })

  it('with a name in use is refused; a repeated request token returns the same stack', async () => {
    const body = template({ A: thing() })
    const { StackId } = await create(body, { ClientRequestToken: 'one' })
    await fails(
      create(body, { ClientRequestToken: 'two' }),
      'AlreadyExistsException',
      'Stack [a-stack] already exists'.replace(/[[\]]/g, '\\$&'),
    )
    expect((await create(body, { ClientRequestToken: 'one' })).StackId).toBe(StackId)
    await fails(
      create(body, { StackName: 'other', ClientRequestToken: 'one' }),
      'TokenAlreadyExistsException',
      'token',
    )
  })

  it.each([
    ['no template', '{', 'ValidationError', 'Template format error'],
    ['no resources', '{"Resources":{}}', 'ValidationError', 'At least one Resources member'],
    [
      'a reference to an undefined name',
      template({ A: thing({ X: { Ref: 'Nobody' } }) }),
      'ValidationError',
      'Unresolved resource dependencies .Nobody.',
    ],
    [
      'a parameter without a value',
      template({ A: thing() }, { Parameters: { P: { Type: 'String' } } }),
      'ValidationError',
      'Parameters: .P. must have values',
    ],
    [
      'a template that is too long',
      `#${'x'.repeat(51_200)}`,
      'ValidationError',
      'length less than or equal to 51200',
    ],
    [
      'an IAM resource without the capability',
      template({ R: { Type: 'AWS::IAM::Role' } }),
      'InsufficientCapabilitiesException',
      'CAPABILITY_IAM',
    ],
  ])('of %s is refused', async (_name, body, code, message) => {
    await fails(create(body), code, message)
  })

  it.each([
    [{ StackName: '1-digit-first' }, 'stackName'],
    [{ ClientRequestToken: 'A[0]' }, 'clientRequestToken'],
    [{ Tags: [{ Key: 'aws:x', Value: '1' }] }, 'aws: prefixed'],
    [{ Tags: [{ Key: 'k', Value: 'A[0]' }] }, 'tags.member.value'],
    [{ Parameters: [{ ParameterKey: 'Nope', ParameterValue: '1' }] }, 'do not exist in the template'],
    [{ OnFailure: 'DELETE', DisableRollback: true }, 'not both'],
  ] as const)('with %o is refused', async (more, message) => {
    await fails(
      create(template({ A: thing() }), more as Partial<CreateStackCommandInput>),
      'ValidationError',
      message,
    )
  })

  it('masks NoEcho parameters', async () => {
    const body = template({ A: thing() }, { Parameters: { P: { Type: 'String', NoEcho: true } } })
    await create(body, { Parameters: [{ ParameterKey: 'P', ParameterValue: 'hush' }] })
    expect((await read())?.Parameters).toEqual([{ ParameterKey: 'P', ParameterValue: '****' }])
  })
})

describe('an update', () => {
  it('passes through the cleanup, sets LastUpdatedTime, and removes the resources that the template no longer has', async () => {
    await create(template({ A: thing(), B: thing() }))
    await settles('CREATE_COMPLETE')
    await update(template({ A: thing({ Size: 2, DelaySeconds: 0.5 }) }))
    await fails(
      update(template({ A: thing() })),
      'ValidationError',
      'is in UPDATE_IN_PROGRESS state and can not be updated',
    )
    await settles('UPDATE_COMPLETE')
    const [stack] = aws.cloud.stacks.values()
    expect([...(stack?.resources.keys() ?? [])]).toEqual(['A'])
    expect(stack?.events.map((event) => event.status)).toContain('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
    expect((await read())?.LastUpdatedTime).toBeInstanceOf(Date)
  })

  it('without a change is refused with its own message; a change of tags counts as a change', async () => {
    await create(template({ A: thing() }))
    await settles('CREATE_COMPLETE')
    await fails(update(template({ A: thing() })), 'ValidationError', 'No updates are to be performed.')
    await update(template({ A: thing() }), { Tags: [{ Key: 'k', Value: 'v' }] })
    await settles('UPDATE_COMPLETE')
  })

  it('that fails is rolled back; a rollback that fails can be continued', async () => {
    await create(template({ A: thing() }))
    await settles('CREATE_COMPLETE')
    await update(template({ A: thing(), Bad: thing({ FailOn: 'create' }) }))
    await settles('UPDATE_ROLLBACK_COMPLETE')
    await update(template({ A: thing(), Stuck: thing({ FailOn: 'create,update-rollback' }) }))
    await settles('UPDATE_ROLLBACK_FAILED')
    await fails(update(template({ A: thing() })), 'ValidationError', 'UPDATE_ROLLBACK_FAILED state')
    await client.send(new ContinueUpdateRollbackCommand({ StackName: 'a-stack', ResourcesToSkip: ['Stuck'] }))
    await settles('UPDATE_ROLLBACK_COMPLETE')
  })
})

describe('a deletion', () => {
  it('keeps a stack that only its ARN finds; with an unknown name it is not an error', async () => {
    const { StackId } = await create(template({ A: thing() }))
    await settles('CREATE_COMPLETE')
    await remove()
    await settles('DELETE_COMPLETE', StackId)
    await fails(read(), 'ValidationError', 'Stack with id a-stack does not exist')
    await remove()
  })

  it('of a protected stack is refused', async () => {
    await create(template({ A: thing() }), { EnableTerminationProtection: true })
    await settles('CREATE_COMPLETE')
    await fails(remove(), 'ValidationError', 'cannot be deleted while TerminationProtection is enabled')
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'a-stack', EnableTerminationProtection: false }),
    )
    await remove()
  })

  it('can be forced or retain resources only after a deletion that failed', async () => {
    const { StackId } = await create(template({ A: thing({ FailOn: 'delete' }), B: thing() }))
    await settles('CREATE_COMPLETE')
    await fails(remove({ RetainResources: ['A'] }), 'ValidationError', 'DELETE_FAILED state')
    await fails(remove({ DeletionMode: 'FORCE_DELETE_STACK' }), 'ValidationError', 'DELETE_FAILED state')
    await remove()
    await settles('DELETE_FAILED')
    await fails(remove({ RetainResources: ['B'] }), 'ValidationError', 'cannot be retained')
    await remove({ RetainResources: ['A'] })
    await settles('DELETE_COMPLETE', StackId)
  })

  it('while an export is in use is cancelled', async () => {
    await create(template({ A: thing() }, { Outputs: { O: { Value: '1', Export: { Name: 'shared' } } } }))
    await settles('CREATE_COMPLETE')
    await create(template({ A: thing({ X: { 'Fn::ImportValue': 'shared' } }) }), { StackName: 'user' })
    await settles('CREATE_COMPLETE', 'user')
    await remove()
    await expect
      .poll(async () => (await read())?.StackStatusReason)
      .toMatch(/Cannot delete export shared as it is in use by user/)
    expect(await status()).toBe('CREATE_COMPLETE')
  })
})

describe('the imports of an export', () => {
  const imports = async (ExportName: string) =>
    (await client.send(new ListImportsCommand({ ExportName }))).Imports

  it('are listed by the names of the stacks, also where the name is computed or an output imports it', async () => {
    const exported = { Value: '1', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-shared' } } }
    await create(template({ A: thing() }, { Outputs: { O: exported } }))
    await settles('CREATE_COMPLETE')
    await fails(
      imports('a-stack-shared'),
      'ValidationError',
      "Export 'a-stack-shared' is not imported by any stack.",
    )
    const computed = { 'Fn::ImportValue': { 'Fn::Sub': '${Of}-shared' } }
    const Parameters = { Of: { Type: 'String', Default: 'a-stack' } }
    await create(template({ A: thing({ X: computed }) }, { Parameters }), { StackName: 'by-resource' })
    await create(template({ A: thing() }, { Parameters, Outputs: { O: { Value: computed } } }), {
      StackName: 'by-output',
    })
    await create(template({ A: thing({ X: 'Fn::ImportValue a-stack-shared' }) }), { StackName: 'by-word' })
    expect(await imports('a-stack-shared')).toEqual(['by-resource', 'by-output'])
    await remove()
    await expect
      .poll(async () => (await read())?.StackStatusReason)
      .toMatch(/Cannot delete export a-stack-shared as it is in use by by-resource, by-output/)
  })
})

describe('faults', () => {
  it.each([
    ['throttle', 'Throttling', 'Rate exceeded'],
    ['internal-error', 'InternalFailure', 'unknown error'],
  ] as const)('%s has the form of AWS’s own error', async (kind, name, message) => {
    aws.faults.add(kind, { action: 'DescribeStacks' })
    await fails(client.send(new DescribeStacksCommand({})), name, message)
    await client.send(new DescribeStacksCommand({}))
  })

  it('reset-after applies the call and drops its answer', async () => {
    aws.faults.add('reset-after', { action: 'CreateStack' })
    await expect(create(template({ A: thing() }))).rejects.toThrow()
    await settles('CREATE_COMPLETE')
  })
})
