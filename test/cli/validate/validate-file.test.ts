import { SANDBOX_PUSH_CERTIFICATE } from '../../../src/sandbox/mns/certificate.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createPropertyCheck } from '../../../src/cli/validate/property-check.ts'
import { validateFile, type FileReport } from '../../../src/cli/validate/validate-file.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/platform/json.ts'
import { servedProviders } from '../../../src/providers/registry.ts'
import { PLANTED, plantedIn } from '../../planted-secrets.ts'

const check = createPropertyCheck({})
const noFiles = () => Promise.reject(new Error('no file is read'))
afterAll(() => check.close())

function validate(document: unknown): Promise<FileReport> {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return validateFile('file', Buffer.from(text), check, noFiles)
}

/** The findings as `line path: problem`. */
async function findings(document: unknown, severity = 'error'): Promise<string[]> {
  const report = await validate(document)
  return report.findings
    .filter((finding) => finding.severity === severity)
    .map(({ line, path, problem }) => `${String(line ?? '-')} ${path}: ${problem}`)
}

const token = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'

/** A template with one resource of Stackbridge; `lines` are its `Parameters` (from line 10). */
function template(
  lines: string,
  properties = `ServiceToken: ${token}\n      Timeout: 60`,
  type = 'Custom::AwsCloudFormationStack',
) {
  const indented = lines.split('\n').map((line) => `        ${line}`)
  return `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { P: { Type: String } }
Resources:
  A:
    Type: ${type}
    Properties:
      ${properties}
      Parameters:
${indented.join('\n')}
`
}

const right = "Timeout: 60\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }"

const CHANGED =
  'is a number that ROS sends in another form or with fewer digits; put it in quotes to keep it as it is written'
const AMBIGUOUS =
  'is a number in a form that ROS may read as another one; put it in quotes to keep it as it is written'

describe('a region', () => {
  const withRegion = (lines: string, type?: string) =>
    template(
      `Timeout: 60\n${lines}\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}', TemplateBody: '' }`,
      undefined,
      type,
    )
  const inTemplate = (region: string, problem: string) =>
    `11 Resources.A.Properties.Parameters.${region}: is no region that Stackbridge knows${problem}`

  it.each([
    [
      'Custom::AwsCloudFormationStack',
      'RegionId: us-esat-1',
      inTemplate('RegionId', '; did you mean us-east-1?'),
    ],
    ['Custom::RosStack', 'RegionId: cn-hangzou', inTemplate('RegionId', '; did you mean cn-hangzhou?')],
    ['Custom::HuaweiRfsStack', 'Region: cn-nroth-4', inTemplate('Region', '; did you mean cn-north-4?')],
    ['Custom::HuaweiAosStack', 'Region: moon-base-1', inTemplate('Region', '')],
  ])('gets a warning if it is on no list: %s, %s', async (type, line, warning) => {
    expect(await findings(withRegion(line, type), 'warning')).toContain(warning)
  })

  it.each([
    ['Custom::AwsCloudFormationStack', 'RegionId: ap-southeast-7'],
    ['Custom::AwsCloudFormationStack', 'RegionId: RegionOne\nEndpoint: https://emulator.example/'],
    ['Custom::RosStack', 'RegionId: !Ref P'],
    ['Custom::HeatStack', 'RegionName: Anything'],
  ])('gets no warning: %s, %s', async (type, line) => {
    expect(
      (await findings(withRegion(line, type), 'warning')).filter((one) => one.includes('region')),
    ).toEqual([])
  })

  it.each(['us_east_1', 'us east 1', 'us-east-1.evil.example', '-us-east-1'])(
    'is refused if its form is wrong: %s',
    async (region) => {
      const [found] = await findings(withRegion(`RegionId: '${region}'`))
      expect(found).toMatch(/RegionId: must be a region, such as us-east-1(; did you mean us-east-1\?)?$/)
    },
  )

  it.each([
    ['Custom::AwsCloudFormationStack', 'RegionId: us_west_2', '; did you mean us-west-2?'],
    ['Custom::RosStack', 'RegionId: cn_hangzhou', '; did you mean cn-hangzhou?'],
    ['Custom::HuaweiRfsStack', 'Region: CN-NORTH-4', '; did you mean cn-north-4?'],
  ])(
    'with a wrong form is one finding, which suggests the correct one: %s, %s',
    async (type, line, suggestion) => {
      const given = withRegion(line, type)
      const found = [...(await findings(given)), ...(await findings(given, 'warning'))]
      expect(found.filter((one) => one.includes('region'))).toEqual([
        expect.stringMatching(new RegExp(`must be .*region.*${suggestion.replace('?', '\\?')}$`)),
      ])
    },
  )

  it('is also checked in a list', async () => {
    const given = template(
      'Region: cn-north-4\nTimeout: 60\nStackSetName: s\nDeploymentTargets:\n  Regions: [cn-north-4, cn-nroth-9, CN-NORTH-1]\n  DomainIds: [a]',
      undefined,
      'Custom::HuaweiRfsStackInstances',
    )
    const at = 'Resources.A.Properties.Parameters.DeploymentTargets.Regions'
    expect(await findings(given, 'warning')).toEqual([
      expect.stringContaining(`${at}[1]: is no region that Stackbridge knows; did you mean cn-north-9?`),
      expect.stringContaining(`${at}[2]: is no region that Stackbridge knows; did you mean cn-north-1?`),
    ])
    expect(await findings(given)).toEqual([])
  })

  it('is also checked in an event', async () => {
    const event = {
      ...{ RequestType: 'Create', ResourceType: 'Custom::RosStack', LogicalResourceId: 'A' },
      ResourceProperties: { RegionId: 'cn-bejing', Stack: { Template: 'x' } },
    }
    expect(await findings(event, 'warning')).toEqual([
      '1 ResourceProperties.RegionId: is no region that Stackbridge knows; did you mean cn-beijing?',
    ])
  })
})

describe('a number in a ROS template', () => {
  const numberAs = (written: string) =>
    template(
      `Timeout: 60\nStack:\n  Template: '{Parameters: {P: {Type: CommaDelimitedList}}, Resources: {B: {Type: AWS::S3::Bucket}}}'\n  Parameters: { P: ${written} }`,
    )
  const path = '13 Resources.A.Properties.Parameters.Stack.Parameters.P'

  it.each(['8', '8.0', '-8.5', '0.1', '12345678901234567890', '1e3', '0.0001', "'1.10'"])(
    'is correct if ROS sends it unchanged: %s',
    async (written) => {
      expect(await findings(numberAs(written), 'warning')).toEqual([])
      expect(await findings(numberAs(written))).toEqual([])
    },
  )

  it.each(['1.10', '0.12345678901234567890', '0.0000001', '1.0e+3', '00.5'])(
    'gets a warning if ROS changes it: %s',
    async (written) => {
      const [found = '', ...others] = await findings(numberAs(written), 'warning')
      expect([`${path}: ${CHANGED}`, `${path}: ${AMBIGUOUS}`]).toContain(found)
      expect(others).toEqual([])
    },
  )

  it.each(['0x1F', '012', '+5', '.5', '5.'])(
    'gets a warning if its form is ambiguous: %s',
    async (written) => {
      expect(await findings(numberAs(written), 'warning')).toEqual([`${path}: ${AMBIGUOUS}`])
    },
  )

  it('gets a warning in JSON if only YAML has another meaning', async () => {
    const json = `{"ROSTemplateFormatVersion":"2015-09-01","Resources":{"A":{"Type":"Custom::AwsCloudFormationStack","Properties":{
      "ServiceToken":"${token}","Timeout":60,"Parameters":{"Timeout":60,"Stack":{"Template":"{Parameters: {P: {Type: CommaDelimitedList}}, Resources: {B: {Type: AWS::S3::Bucket}}}","Parameters":{"P":[1e3]}}}}}}}`
    expect(await findings(json, 'warning')).toEqual([
      `2 Resources.A.Properties.Parameters.Stack.Parameters.P[0]: ${CHANGED}`,
    ])
  })
})

describe('a ROS template', () => {
  it.each([
    ['SecurityToken: x', 7200, ['Parameters.SecurityToken']],
    ['SecurityToken: { Ref: P }', 3601, ['Parameters.SecurityToken']],
    ['SecurityToken: x', 3600, []],
    ['RegionId: us-east-1', 43_200, []],
  ])(
    'gets a warning for temporary keys that may expire before the Timeout: %s, %i s',
    async (keys, timeout, warned) => {
      const own =
        "AccessKeyId: x\nAccessKeySecret: x\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }"
      const properties = `ServiceToken: ${token}\n      Timeout: ${String(timeout)}`
      const { findings } = await validate(
        template(`Timeout: ${String(timeout)}\n${own}\n${keys}`, properties),
      )
      const about = findings.filter(({ problem }) => problem.includes('temporary'))
      expect(about.map(({ path }) => path.split('.').slice(-2).join('.'))).toEqual(warned)
      expect(about.every(({ severity }) => severity === 'warning')).toBe(true)
    },
  )

  it('is valid if the bridge and ROS accept it', async () => {
    const report = await validate(template(right))
    expect(report).toEqual({
      file: 'file',
      content: 'template',
      resources: 1,
      unknownValues: 0,
      findings: [],
    })
  })

  it.each([
    [
      'a misspelt property',
      "Timeout: 60\nStak: {}\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '11 Resources.A.Properties.Parameters.Stak: is not a known property; did you mean Stack?',
    ],
    [
      'a misspelt nested property',
      "Timeout: 60\nStack:\n  Template: 'Resources: {B: {Type: AWS::S3::Bucket}}'\n  Capabilites: []",
      '13 Resources.A.Properties.Parameters.Stack.Capabilites: is not a known property; did you mean Capabilities?',
    ],
    [
      'a misspelt property with an unknown value',
      "Timeout: 60\nStak: !Ref P\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '11 Resources.A.Properties.Parameters.Stak: is not a known property; did you mean Stack?',
    ],
    [
      'a value of a wrong type',
      'Timeout: 60\nStack:\n  Template: 5',
      '12 Resources.A.Properties.Parameters.Stack.Template: must be a string or a map, but is a number',
    ],
    [
      'a missing property',
      'Timeout: 60',
      '9 Resources.A.Properties.Parameters.Stack: is missing; it must be a map',
    ],
    [
      'a rule of the provider',
      "Timeout: 60\nAccessKeyId: x\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '9 Resources.A.Properties.Parameters.AccessKeySecret: is missing; it must be given together with AccessKeyId',
    ],
    [
      'a rule of the provider beside unknown values',
      'Timeout: !Ref P\nRegionId: !Ref P\nAccessKeyId: !Ref P\nStack: { Template: !Ref P }',
      '9 Resources.A.Properties.Parameters.AccessKeySecret: is missing; it must be given together with AccessKeyId',
    ],
    [
      'an address that is never allowed',
      "Timeout: 60\nEndpoint: http://169.254.169.254/\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '11 Resources.A.Properties.Parameters.Endpoint: leads to 169.254.169.254, which is a metadata address',
    ],
    [
      'a Timeout longer than that of ROS',
      "Timeout: 61\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      "10 Resources.A.Properties.Parameters.Timeout: must be at most the resource's own Timeout (60), after which ROS stops waiting",
    ],
    [
      'a reference to an unknown name',
      "Timeout: 60\nRegionId: !Ref Regin\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '11 Resources.A.Properties.Parameters.RegionId: refers to Regin, which is neither a parameter nor a resource of this template',
    ],
    [
      'a reference to an unknown name in a string',
      "Timeout: 60\nRegionId: !Sub '${P}-${ALIYUN::Region}-${Q.R}'\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }",
      '11 Resources.A.Properties.Parameters.RegionId: refers to Q, which is neither a parameter nor a resource of this template',
    ],
    [
      'functions of another cloud in a template that ROS evaluates',
      'Timeout: 60\nStack:\n  Template:\n    Resources: { B: { Type: AWS::S3::Bucket } }\n    Outputs: { X: { Value: !GetAtt Bucket.Arn } }',
      '12 Resources.A.Properties.Parameters.Stack.Template: must be a string: ROS computes the functions in a template that is a map; its Outputs.X.Value refers to Bucket, which is neither a parameter nor a resource of this template',
    ],
  ])('is invalid for %s: line, property, problem and remedy', async (_name, lines, finding) => {
    expect(await findings(template(lines))).toEqual([finding])
  })

  it.each([
    [
      'no ServiceToken',
      'Timeout: 60',
      /^6 \S+\.ServiceToken: is missing; it must be the ARN of Stackbridge's function, such as acs:fc:/,
    ],
    [
      'a ServiceToken of an unknown form',
      'ServiceToken: acs:fc:cn-hangzhou:1:function/x\n      Timeout: 60',
      /^7 \S+\.ServiceToken: must be the ARN/,
    ],
    [
      'a Timeout out of range',
      `ServiceToken: ${token}\n      Timeout: 43201`,
      /^8 \S+\.Timeout: must be a whole number of seconds from 1 to 43200$/,
    ],
    [
      'a Timeout that is a string',
      `ServiceToken: ${token}\n      Timeout: soon`,
      /^8 \S+\.Timeout: must be .* but is not a number$/,
    ],
    [
      'no Timeout',
      `ServiceToken: ${token}`,
      /^6 \S+\.Timeout: is missing; it must be .* ROS may wait only 60 s$/,
    ],
    [
      'a misspelt property',
      `ServiceToken: ${token}\n      Timeout: 60\n      Paramters: {}`,
      /^9 \S+\.Paramters: is not a property of a custom resource; did you mean Parameters\?$/,
    ],
    [
      'a property at the wrong level',
      `ServiceToken: ${token}\n      Timeout: 60\n      RegionId: x`,
      /^9 \S+\.RegionId: is not a property of a custom resource; properties of the stack belong in Parameters$/,
    ],
  ])('is invalid for %s', async (_name, properties, finding) => {
    expect(await findings(template(right, properties))).toEqual([expect.stringMatching(finding)])
  })

  it.each([
    ...[
      token,
      'acs:fc:cn-hangzhou:1:services/s/functions/f',
      'acs:mns:cn-beijing:1:queues/q',
      'acs:mns:cn-beijing:1:/topics/t',
    ],
    ...[
      'web:https://example.com/x',
      'web[sync]:http://example.com',
      '!GetAtt P.ARN',
      "!Sub 'acs:fc:${ALIYUN::Region}:x'",
    ],
    'web[sync,idempotent]:https://example.com',
  ])('may have the ServiceToken %s', async (form) => {
    const quoted = form.startsWith('!') ? form : `'${form}'`
    expect(await findings(template(right, `ServiceToken: ${quoted}\n      Timeout: !Ref P`))).toEqual([])
  })

  it('gets a warning for a Timeout that Parameters does not repeat', async () => {
    const lines = "Stack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }"
    expect(await findings(template(lines))).toEqual([])
    expect(await findings(template(lines), 'warning')).toEqual([
      expect.stringContaining("Parameters.Timeout: is missing; it should repeat the resource's Timeout (60)"),
    ])
  })

  it('may omit values that the environment of the function may have', async () => {
    expect(
      await findings(template("Timeout: 60\nStack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' }")),
    ).toEqual([])
    const heat = template(
      'Timeout: 60\nStack: { Template: { heat_template_version: rocky } }',
      undefined,
      'Custom::HeatStack',
    )
    expect(await findings(heat)).toEqual([])
  })

  it('is checked for the generic type by its Provider', async () => {
    const generic = (provider: string) =>
      template(`${right}\nAuth: {}\nProvider: ${provider}`, undefined, 'ALIYUN::ROS::CustomResource')
    expect(await findings(generic('AwsCloudFormation'))).toEqual([
      expect.stringContaining('Auth: is not a known property'),
    ])
    expect(await findings(generic('AwsCloudformation'))).toEqual([
      expect.stringContaining('did you mean AwsCloudFormation?'),
    ])
    expect(await findings(generic('SomebodyElses'))).toEqual([])
  })

  it('is not checked for resources of other functions', async () => {
    const others = template('x: 1', 'X: 1', 'ALIYUN::ECS::VPC')
    expect(await validate(others)).toMatchObject({ resources: 0, findings: [] })
  })

  it.each([
    ['Custom::AwsCloudFormationStak', 'Custom::AwsCloudFormationStack'],
    ['custom::awscloudformationstack', 'Custom::AwsCloudFormationStack'],
    ['Custom::HeatStak', 'Custom::HeatStack'],
    ['Custom::RosStck', 'Custom::RosStack'],
    ['Custom::HuwaeiRfsStack', 'Custom::HuaweiRfsStack'],
    ['Custom::HuaweiRfsStackInstance', 'Custom::HuaweiRfsStackInstances'],
  ])(
    'is invalid for a resource of the misspelt type %s, whatever its properties are',
    async (type, meant) => {
      expect(await findings(template('x: 1', undefined, type))).toEqual([
        `5 Resources.A.Type: is not a type that Stackbridge serves; did you mean ${meant}?`,
      ])
    },
  )

  it.each([
    'Custom::OssStack',
    'Custom::HuaweiObsStack',
    'Custom::BeatStack',
    'Custom::HeatStacks',
    'Custom::RosStackV2',
    'Custom::CloudFormation',
  ])(
    'gets only a warning for a resource of the type %s, which may belong to another function',
    async (type) => {
      expect(await findings(template('x: 1', undefined, type))).toEqual([])
      expect(await findings(template('x: 1', undefined, type), 'warning')).toEqual([
        expect.stringContaining('did you mean Custom::'),
      ])
    },
  )

  const besides = (type: string, parameters: string, serviceToken = `${token}-of-others`) =>
    `${template(right)}  B: { Type: ${type}, Properties: { ServiceToken: '${serviceToken}', Timeout: 5, Parameters: ${parameters} } }\n`

  it('has no error for a resource of another function, even if its type or Provider is similar to one of Stackbridge', async () => {
    for (const resource of [
      besides('Custom::AwsCloudFormationStak', "{ Stack: { Template: '' } }"),
      besides('Custom::Mine', "{ Stack: { Template: '' } }"),
      besides('ALIYUN::ROS::CustomResource', '{ Provider: AwsCloudFormatio }'),
      besides('ALIYUN::ROS::CustomResource', "{ Stack: { Template: '' } }"),
    ])
      expect(await findings(resource)).toEqual([])
  })

  it("is invalid for a Provider that is certainly misspelt, and for any or no Provider if it is sent to Stackbridge's function", async () => {
    const generic = 'ALIYUN::ROS::CustomResource'
    const path = 'Resources.A.Properties.Parameters.Provider'
    for (const provider of ['AwsCloudFormatio', 'awscloudformation', 'HuwaeiRfsStack', 'AlyunRos'])
      expect(await findings(template(`Provider: ${provider}`, undefined, generic))).toEqual([
        expect.stringMatching(`^10 ${path}: is not a provider of Stackbridge; did you mean `),
      ])
    for (const provider of ['AliyunOss', 'SomebodyElses', 'Beat'])
      expect(await findings(template(`Provider: ${provider}`, undefined, generic))).toEqual([])
    const ofB = '12 Resources.B.Properties.Parameters.Provider'
    expect(await findings(besides(generic, '{ Provider: SomebodyElses }', token))).toEqual([
      expect.stringContaining(`${ofB}: is not a provider of Stackbridge; the providers are: AliyunRos,`),
    ])
    expect(await findings(besides(generic, '{ Provider: 7 }', token))).toHaveLength(1)
    expect(await findings(besides(generic, '{}', token))).toEqual([
      expect.stringContaining(`${ofB}: is missing; the providers are: AliyunRos,`),
    ])
    expect(await findings(besides(generic, '{ Provider: !Ref P }', token))).toEqual([])
    expect(await findings(besides(generic, '!Ref P', token))).toEqual([])
  })

  it.each(['Custom::HeatStak', 'Custom::AWSCloudFormationStack', 'AwsCloudFormationStack', 'Custom::Mine'])(
    'is invalid for a resource of the type %s that describes a stack',
    async (type) => {
      expect(await findings(template(right, undefined, type))).toEqual([
        expect.stringMatching(/^5 Resources\.A\.Type: is not a type that Stackbridge serves/),
      ])
    },
  )

  it('is invalid for a resource of an unknown type if it is sent to the function of another resource', async () => {
    const other = `  B: { Type: Custom::Mine, Properties: { ServiceToken: '${token}', Timeout: 5, Parameters: {} } }\n`
    expect(await findings(template(right) + other)).toEqual([
      expect.stringContaining('12 Resources.B.Type: is not a type'),
    ])
  })

  it.each([
    [
      'Resources that are a list',
      'ROSTemplateFormatVersion: 2015-09-01\nResources: []',
      '2 Resources: must be a map',
    ],
    [
      'a resource without a Type',
      'ROSTemplateFormatVersion: 2015-09-01\nResources:\n  A: {}',
      '3 Resources.A: must be a map with a Type',
    ],
    [
      'Properties that are not a map',
      'Resources:\n  A: { Type: Custom::HeatStack, Properties: [] }',
      '2 Resources.A.Properties: must be a map',
    ],
    [
      'no Parameters',
      `Resources:\n  A: { Type: Custom::HeatStack, Properties: { ServiceToken: '${token}', Timeout: 5 } }`,
      '2 Resources.A.Properties.Parameters: is missing',
    ],
    [
      'a template of another cloud',
      "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}",
      'but is a template of another cloud (with AWSTemplateFormatVersion)',
    ],
    [
      'neither a template nor an event',
      '{}',
      'must be an event (with RequestType and ResourceProperties) or a ROS template',
    ],
    ['no YAML', 'a: [', '1 : is not valid YAML or JSON'],
  ])('is invalid for %s', async (_name, text, finding) => {
    expect((await findings(text)).join('\n')).toContain(finding)
  })

  it('is invalid if it is not text', async () => {
    const { findings } = await validateFile('file', Buffer.from([0xff, 0xfe, 0]), check, noFiles)
    expect(findings).toEqual([{ severity: 'error', path: '', problem: 'is not valid UTF-8' }])
  })

  it('quotes no secret in any finding', async () => {
    const resources = servedProviders
      .flatMap(({ resourceTypes }) => resourceTypes)
      .map((Type, index) => {
        const stack = { Template: 5, Parameters: { P: PLANTED.noEchoValue }, Nmae: PLANTED.noEchoValue }
        const keys = { AccessKeyId: [PLANTED.accessKeyId], AccessKeySecret: { x: PLANTED.accessKeySecret } }
        const Parameters = { ...keys, Auth: { Password: [PLANTED.accessKeySecret] }, Stack: stack }
        return [
          `R${String(index)}`,
          { Type, Properties: { ServiceToken: PLANTED.sessionToken, Timeout: 5, Parameters } },
        ]
      })
    const found = await findings({ Resources: Object.fromEntries(resources) })
    expect(found.length).toBeGreaterThan(5)
    expect(plantedIn(found.join('\n'))).toEqual([])
  })
})

describe('an event', () => {
  const event = {
    RequestType: 'Create',
    ResourceType: 'Custom::AwsCloudFormationStack',
    ResourceProperties: {
      RegionId: 'us-east-1',
      Stack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}' },
    },
  }

  it('is valid if the bridge accepts it, with or without the fields that invoke fills in', async () => {
    for (const more of [
      {},
      { RequestType: 'Update' },
      { RequestType: 'Delete' },
      { ResponseURL: 'https://x/' },
    ])
      expect(await validate({ ...event, ...more })).toMatchObject({
        content: 'event',
        resources: 1,
        findings: [],
      })
  })

  it.each([
    [
      'a misspelt property',
      { ResourceProperties: { Stak: {} } },
      'ResourceProperties.Stak: is not a known property; did you mean Stack?',
    ],
    [
      'an unknown resource type',
      { ResourceType: 'Custom::X' },
      'ResourceType: The resource type Custom::X is not served',
    ],
    ['an unknown RequestType', { RequestType: 'Make' }, 'RequestType: must be one of Create, Update, Delete'],
    [
      'a ResponseURL that is not a URL',
      { ResponseURL: 'ftp://x' },
      'ResponseURL: is missing; it must be an http or https URL',
    ],
    [
      'an id of another type of stack',
      { RequestType: 'Update', PhysicalResourceId: 'x' },
      'PhysicalResourceId: is not the ARN of a CloudFormation stack',
    ],
    [
      'a change that needs another stack',
      {
        RequestType: 'Update',
        PhysicalResourceId:
          'arn:aws:cloudformation:eu-west-1:123456789012:stack/s/4a6c9851-3b0f-4f5f-b4ca-a14bf6910000',
      },
      'ResourceProperties.RegionId: cannot change from eu-west-1 to us-east-1',
    ],
  ])('is invalid for %s', async (_name, more, finding) => {
    const found = await findings(JSON.stringify({ ...event, ...more }, undefined, 2))
    expect(found.join('\n')).toContain(finding)
    // Each has its own line.
    expect(found.filter((text) => text.startsWith('-'))).toEqual([])
  })

  it('must be JSON', async () => {
    expect(await findings('RequestType: Delete\nResourceType: Custom::HeatStack\n')).toEqual([
      expect.stringContaining('must be JSON'),
    ])
  })
})

describe('each file in examples/', () => {
  it('is valid', async () => {
    const folder = join(import.meta.dirname, '../../../examples')
    const names = (await readdir(folder, { recursive: true })).filter((name) =>
      /^(?!.*\/stacks\/)(events|templates|deploy).*\.(json|ya?ml)$/.test(name),
    )
    expect(names.length).toBeGreaterThan(7)
    for (const name of names) {
      const text = await readFile(join(folder, name))
      // A file of Serverless Devs, which has its own tests.
      if (/^extend: serverless\.yml\b/m.test(text.toString())) continue
      const report = await validateFile(join(folder, name), text, check, (path) => readFile(path))
      expect(report.findings, name).toEqual([])
      if (!name.startsWith('deploy')) expect(report.resources, name).toBeGreaterThan(0)
    }
  })
})

/** Valid properties with many fields; ROS may compute any of the values. */
const VALID: Record<string, JsonObject> = {
  'Custom::AwsCloudFormationStack': {
    Timeout: 600,
    RegionId: 'eu-west-1',
    AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    AccessKeySecret: 'secret-key',
    AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/r', ExternalId: 'x', DurationSeconds: 900 },
    Endpoint: 'https://cloudformation.example.com/',
    OnExisting: 'never',
    OnDeleteFailed: ['retry', 'retain'],
    Outputs: { A: 'B' },
    SecretParameters: ['P'],
    Stack: {
      Name: 'name',
      Template: `Parameters: {P: {Type: String, NoEcho: true}, Q: {Type: CommaDelimitedList}, R: {Type: String}}
Resources: {T: {Type: AWS::SNS::Topic}}
Outputs: {B: {Value: !Ref T}}`,
      Parameters: { P: 'secret-value', Q: [1, 'x'], R: true },
      Capabilities: ['CAPABILITY_IAM'],
      Tags: [{ Key: 'k', Value: 'v' }],
      DisableRollback: true,
      TimeoutInMinutes: 5,
      RollbackConfiguration: { MonitoringTimeInMinutes: 5, RollbackTriggers: [{ Arn: 'a', Type: 't' }] },
    },
  },
  'Custom::HeatStack': {
    Timeout: 600,
    Auth: { AuthUrl: 'https://k.example.com/v3', Username: 'u', Password: 'pass-word', ProjectName: 'p' },
    AuthType: 'password',
    Interface: 'internal',
    Insecure: 'true',
    CACert: SANDBOX_PUSH_CERTIFICATE,
    OnTimeout: 'cancel',
    Stack: {
      Name: 'name',
      Template: { heat_template_version: 'rocky', parameters: { a: { type: 'string' } }, resources: {} },
      Environment: 'parameters: {a: b}',
      Files: { 'a.yaml': 'x' },
      EnvironmentFiles: ['a.yaml'],
      Existing: true,
      ClearParameters: ['a'],
      Tags: ['a', 'b'],
      TimeoutMins: 10,
    },
  },
  'Custom::HuaweiRfsStack': {
    Timeout: 600,
    Region: 'cn-north-4',
    Auth: { AccessKey: 'an-access-key', SecretKey: 'a-secret-key', ProjectId: 'p' },
    Endpoint: 'https://rfs.example.com/',
    OnDeleteFailed: ['retry'],
    Stack: {
      Name: 'name',
      Description: 'text',
      TemplateBody: 'variable "a" {}\nvariable "b" {}',
      Parameters: { a: [1] },
      VarsStructure: [{ VarKey: 'b', VarValue: 'x', Encryption: { Kms: { Id: 'k', CipherText: 'c' } } }],
      Agencies: [{ ProviderName: 'huaweicloud', AgencyName: 'a' }],
      EnableAutoRollback: true,
    },
  },
  'Custom::HuaweiAosStack': {
    Timeout: 600,
    Region: 'cn-north-4',
    Auth: { UserName: 'u', Password: 'pass-word', DomainName: 'd' },
    CACert: SANDBOX_PUSH_CERTIFICATE,
    Stack: {
      Name: 'name',
      TemplateId: 'an-id',
      InputsJson: { a: { b: 1 } },
      Labels: { a: 'b' },
      ActionParameters: { FailureStrategy: 'Rollback', AutoCreate: true, Timeout: 5 },
    },
  },
  'Custom::RosStack': {
    Timeout: 600,
    RegionId: 'cn-hangzhou',
    AccessKeyId: 'an-access-key',
    AccessKeySecret: 'a-secret-key',
    AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/r', DurationSeconds: 900 },
    OnDeleteFailed: ['retry'],
    Stack: {
      Name: 'name',
      Template: `ROSTemplateFormatVersion: '2015-09-01'
Parameters: {P: {Type: String}, Q: {Type: Json}}
Resources: {V: {Type: ALIYUN::ECS::VPC}}`,
      Parameters: { P: 'x', Q: [1] },
      Tags: { k: 'v' },
      DeletionProtection: 'Enabled',
      TimeoutInMinutes: 10,
      NotificationURLs: ['https://x.example/'],
    },
  },
  'Custom::HuaweiRfsStackSet': {
    Timeout: 600,
    Region: 'cn-north-4',
    Auth: { AccessKey: 'an-access-key', SecretKey: 'a-secret-key', ProjectId: 'p' },
    StackSet: {
      Name: 'name',
      PermissionModel: 'SELF_MANAGED',
      AdministrationAgencyName: 'a',
      ManagedAgencyName: 'm',
      TemplateBody: 'variable "a" {}',
      Parameters: { a: 1 },
    },
    OperationPreferences: {
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: ['cn-north-4'],
      MaxConcurrentCount: 1,
    },
  },
  'Custom::HuaweiRfsStackInstances': {
    Timeout: 600,
    Region: 'cn-north-4',
    Auth: { AccessKey: 'an-access-key', SecretKey: 'a-secret-key', ProjectId: 'p' },
    StackSetName: 'name',
    DeploymentTargets: { Regions: ['cn-north-4'], DomainIds: ['d'] },
    VarOverrides: { Parameters: { a: 1 }, UseStackSetVars: ['b'] },
    OperationPreferences: { RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: ['cn-north-4'] },
  },
}

describe.each(Object.keys(VALID))('%s with values that ROS computes', (type) => {
  const valid = VALID[type] ?? {}
  const paths = pathsIn(valid)
  const someOfThem = fc.subarray(paths, { minLength: 1, maxLength: 5 })
  const computed = fc.constantFrom<JsonValue>(
    { Ref: 'P' },
    { 'Fn::If': ['C', 'x', { Ref: 'ALIYUN::NoValue' }] },
    { 'Fn::Join': ['', ['a', { Ref: 'P' }]] },
  )
  const resource = (Parameters: JsonValue) => ({
    ROSTemplateFormatVersion: '2015-09-01',
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Resources: { A: { Type: type, Properties: { ServiceToken: token, Timeout: 600, Parameters } } },
  })

  it('is valid without computed values', async () => {
    expect(await findings(resource(valid))).toEqual([])
  })

  it('is valid for any choice of computed values', async () => {
    await fc.assert(
      fc.asyncProperty(someOfThem, computed, async (chosen, value) => {
        const properties = chosen.reduce<JsonValue>((all, path) => withValue(all, path, value), valid)
        expect(await findings(resource(properties))).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('is invalid for a misspelt name with any choice of computed values', async () => {
    await fc.assert(
      fc.asyncProperty(someOfThem, computed, async (chosen, value) => {
        const properties = chosen.reduce<JsonValue>((all, path) => withValue(all, path, value), {
          ...valid,
          Nonsense: 1,
        })
        const found = await findings(resource(properties))
        expect(found).toEqual([expect.stringContaining('Parameters.Nonsense: is not a known property')])
      }),
      { numRuns: 25 },
    )
  })
})

type Path = readonly (string | number)[]

function pathsIn(value: JsonValue): Path[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => below(index, item))
  return isJsonObject(value) ? Object.entries(value).flatMap(([name, item]) => below(name, item)) : []
}

function below(name: string | number, item: JsonValue): Path[] {
  return [[name], ...pathsIn(item).map((path) => [name, ...path])]
}

/** Sets `value` at a path, if the path still exists: an earlier choice may have replaced a parent. */
function withValue(all: JsonValue, [name, ...rest]: Path, value: JsonValue): JsonValue {
  if (name === undefined) return value
  if (Array.isArray(all) && typeof name === 'number')
    return all.map((item: JsonValue, index) => (index === name ? withValue(item, rest, value) : item))
  if (!isJsonObject(all) || !Object.hasOwn(all, name)) return all
  return { ...all, [name]: withValue(all[name] ?? null, rest, value) }
}
