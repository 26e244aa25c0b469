import { afterAll, describe, expect, it } from 'vitest'
import { createPropertyCheck } from '../../../src/cli/validate/property-check.ts'
import { validateFile, type LocatedFinding } from '../../../src/cli/validate/validate-file.ts'

/** One example for each kind of mistake that `stackbridge validate` reports, and similar correct templates. */

const check = createPropertyCheck({})
afterAll(() => check.close())

const FILES: Readonly<Record<string, string>> = {
  'network.yml':
    'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: !Ref Nowhere }\n',
}

async function findingsOf(text: string): Promise<readonly LocatedFinding[]> {
  const { findings } = await validateFile('ros.yml', Buffer.from(text), check, (path) => {
    const file = FILES[path]
    return file === undefined ? Promise.reject(new Error(path)) : Promise.resolve(Buffer.from(file))
  })
  return findings
}

async function problemsIn(text: string): Promise<string[]> {
  const findings = await findingsOf(text)
  return findings.map(
    ({ severity, line, path, problem }) =>
      `${severity === 'warning' ? 'warning ' : ''}${String(line ?? '-')} ${path.replace(/^.*\.(?:Stack|StackSet)\./, '…')}: ${problem}`,
  )
}

function indented(text: string, by: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n')
}

interface Parts {
  readonly type?: string
  readonly template: string
  /** Fields of `Stack`, beside the template. */
  readonly stack?: string
  /** Fields of `Parameters`, beside `Stack`. */
  readonly parameters?: string
  /** Other sections and resources of the ROS template. */
  readonly after?: string
  readonly property?: string
}

/** The template's lines begin at line 16 of the file. */
function ros({
  type = 'Custom::AwsCloudFormationStack',
  template,
  stack = '',
  parameters = '',
  after = '',
  property = 'Template',
}: Parts) {
  return `ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Arn: { Type: String }
  Open: { Type: String }
  Secret: { Type: String, NoEcho: true }
Resources:
  Net:
    Type: ${type}
    Properties:
      ServiceToken: { Ref: Arn }
      Timeout: 600
      Parameters:
        Timeout: 600
        Stack:
          ${property}: |
${indented(template, 12)}
${indented(stack, 10)}
${indented(parameters, 8)}
${after}
`
}

const AWS = `Parameters:
  Size: { Type: String, AllowedValues: [small, large], Default: small }
  Name: { Type: String, AllowedPattern: '[a-z]+' }
  Password: { Type: String, NoEcho: true, MinLength: 8, Default: changed-later }
  Count: { Type: Number, MaxValue: 5, Default: 1 }
  Zones: { Type: CommaDelimitedList, Default: 'a,b' }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub '\${Name}-\${AWS::Region}' } }
Outputs:
  Arn: { Value: !Ref Topic }
  TopicName: { Value: !GetAtt Topic.TopicName }`

describe('a correct template has no finding:', () => {
  it.each<[string, Parts]>([
    ['of AWS', { template: AWS, stack: 'Parameters: { Name: abc, Zones: [a, b], Count: 5 }' }],
    [
      'whose outputs are used',
      {
        template: AWS,
        stack: 'Parameters: { Name: { Ref: Open }, Password: { Ref: Secret } }',
        parameters: 'Outputs: { Topic: Arn, Other: TopicName }',
        after: `Outputs:
  A: { Value: { Fn::GetAtt: [Net, Topic] } }
  B: { Value: { Fn::Sub: 'https://\${Net.Other}/\${!Literal}' } }
  C: { Value: { Fn::GetAtt: [Net, Outputs] } }
  D: { Value: { Fn::GetAtt: [Net, OmittedOutputs] } }`,
      },
    ],
    [
      'with names that a macro adds',
      {
        template: `Transform: [MyMacro]
Resources:
  A: { Type: Any, Properties: { X: !Ref Made } }`,
        stack: 'Capabilities: [CAPABILITY_AUTO_EXPAND]\nParameters: { Made: x }',
        after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, MadeByTheMacro] } }',
      },
    ],
    [
      'with resources that need each other on a condition only',
      {
        template: `Parameters: { X: { Type: String } }
Conditions: { C: !Equals [!Ref X, a] }
Resources:
  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !If [C, !GetAtt B.TopicName, x] } }
  B: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt A.TopicName } }`,
        stack: 'Parameters: { X: a }',
      },
    ],
    [
      'with a loop, whose variable is a name',
      {
        template: `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics: [Name, [a, b], { 'T\${Name}': { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref Name } } }]`,
        stack: 'Capabilities: [CAPABILITY_AUTO_EXPAND]',
        after: 'Outputs:\n  A: { Value: { Ref: Net } }',
      },
    ],
    [
      'with a module, and a list whose allowed value holds a comma',
      {
        template: `Parameters: { L: { Type: CommaDelimitedList, AllowedValues: [a, 'b,c'], Default: 'b,c' } }
Resources:
  M: { Type: My::Own::Thing::MODULE }
Outputs: { A: { Value: !Ref MTopic } }`,
        stack: "Parameters: { L: 'a, a' }",
      },
    ],
    [
      'with a capability that includes the needed one',
      {
        template: `Resources:
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }`,
        stack: 'Capabilities: [CAPABILITY_NAMED_IAM]',
      },
    ],
    [
      'of Heat with environments and files',
      {
        type: 'Custom::HeatStack',
        template: `heat_template_version: rocky
parameters:
  flavor: { type: string, constraints: [{ allowed_values: [small] }] }
  on: { type: boolean }
  late: { type: number }
  hidden: { type: string, hidden: true, default: x }
conditions: { c: { equals: [{ get_param: flavor }, small] } }
resources:
  server: { type: OS::Nova::Server, condition: c, properties: { flavor: { get_param: flavor }, user_data: { get_file: init.sh } } }
  group: { type: OS::Heat::ResourceGroup, depends_on: server, properties: { resource_def: { type: part.yaml } } }
outputs: { ip: { value: { get_attr: [server, first_address] } }, id: { value: { get_param: 'OS::stack_id' } } }`,
        stack: `Parameters: { flavor: small }
Environment: { parameters: { on: yes } }
EnvironmentFiles: [env.yaml]
Files: { env.yaml: 'parameter_defaults: { late: 5, other: 1 }', init.sh: x, part.yaml: x }`,
      },
    ],
    [
      'of ROS',
      {
        type: 'Custom::RosStack',
        template: `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { Cidr: { Type: String, AllowedPattern: '10\\.' } }
Resources:
  Vpc: { Type: ALIYUN::ECS::VPC, Properties: { CidrBlock: { Ref: Cidr } } }
  Many: { Type: ALIYUN::ECS::VSwitch, Count: 2, Properties: { VpcId: { Ref: Vpc } } }
  Late: { Type: ALIYUN::ECS::VPC, DependsOn: 'Many[1]' }
Outputs: { Id: { Value: { Ref: 'Many[0]' } } }`,
        stack: 'Parameters: { Cidr: 10.0.0.0/8 }',
        after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, Id] } }',
      },
    ],
    [
      'of Terraform in ROS',
      {
        type: 'Custom::RosStack',
        template: `ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: |
    variable "name" {}
    resource "alicloud_vpc" "main" {
      vpc_name = var.name
    }
    output "id" { value = alicloud_vpc.main.id }`,
        stack: 'Parameters: { name: x }',
        after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, id] } }',
      },
    ],
    [
      'of Huawei Cloud RFS',
      {
        type: 'Custom::HuaweiRfsStack',
        property: 'TemplateBody',
        template: `# } is no end
variable "name" {
  type = string
  description = "has } and $\${braces"
}
variable "size" { default = 1 }
locals { tags = { for k, v in { a = "b" } : k => v } }
data "huaweicloud_images_image" "os" { name = "x" }
resource "huaweicloud_compute_instance" "web" {
  name     = "\${var.name}-\${local.tags["a"]}-$\${var.no}"
  image_id = data.huaweicloud_images_image.os.id
  user_data = <<EOT
\${var.size} { not closed
EOT
  dynamic "network" {
    for_each = [for x in [1] : x]
    content { port = network.value }
  }
}
output "ip" { value = huaweicloud_compute_instance.web.access_ip_v4 }`,
        stack: 'Parameters: { name: x }',
        after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, ip] } }',
      },
    ],
  ])('%s', async (_name, parts) => {
    expect(await problemsIn(ros(parts))).toEqual([])
  })

  it('of Terraform, which has no resources of its own', async () => {
    const text = `ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: 'variable "name" {}'
`
    expect(await problemsIn(text)).toEqual([])
  })
})

const topic = (properties: string, more = '') =>
  `Resources:\n  Topic: { Type: AWS::SNS::Topic, Properties: ${properties} }\n${more}`

describe('a mistake in a template of AWS is reported:', () => {
  it.each<[string, string, readonly string[]]>([
    ['no YAML', 'Resources:\n  A: [\nB: 1', ['18 …Template: is not valid YAML or JSON']],
    ['no map', '- a', ['15 …Template: must be a template: a map of its sections']],
    [
      'a section of another case',
      'resources:\n  A: { Type: AWS::SNS::Topic }',
      ['16 …Template.resources: is not a part of a template of CloudFormation; did you mean Resources?'],
    ],
    [
      'a section that does not exist',
      topic('{}', 'Things: {}'),
      ['18 …Template.Things: is not a part of a template of CloudFormation'],
    ],
    ['no resources', 'Outputs: {}', ['16 …Template.Resources: must have at least one resource']],
    [
      'another version',
      `AWSTemplateFormatVersion: '2010-09-10'\n${topic('{}')}`,
      ["16 …Template.AWSTemplateFormatVersion: must be '2010-09-09'"],
    ],
    [
      'a resource without a type',
      'Resources:\n  A: { Properties: {} }',
      ['17 …Template.Resources.A: must be a map with a Type'],
    ],
    [
      'a misspelt part of a resource',
      'Resources:\n  A: { Type: AWS::SNS::Topic, properties: {} }',
      ['17 …Template.Resources.A.properties: is not a part of a resource; did you mean Properties?'],
    ],
    [
      'a name with another character',
      'Resources:\n  my_topic: { Type: AWS::SNS::Topic }',
      ['17 …Template.Resources.my_topic: must have a name of letters and digits only'],
    ],
    [
      'a misspelt type',
      'Resources:\n  A: { Type: AWS::SNS::Topik }',
      [
        "warning 17 …Template.Resources.A.Type: is not a type that AWS's specification has; did you mean AWS::SNS::Topic?",
      ],
    ],
    [
      'a misspelt property',
      topic('{ TopicNam: x }'),
      [
        "warning 17 …Template.Resources.Topic.Properties.TopicNam: is not a property of AWS::SNS::Topic in AWS's specification; did you mean TopicName?",
      ],
    ],
    [
      'a missing property',
      'Resources:\n  A: { Type: AWS::IAM::Role, Properties: {} }',
      [
        'must have CAPABILITY_IAM in Capabilities: it has A (AWS::IAM::Role)',
        'warning 17 …Template.Resources.A.Properties: has no AssumeRolePolicyDocument',
      ],
    ],
    [
      'a reference to nothing',
      topic('{ TopicName: !Ref Nme }', 'Parameters: { Name: { Type: String, Default: x } }'),
      [
        '17 …Template.Resources.Topic.Properties.TopicName: refers to Nme, which is neither a parameter nor a resource of this template; did you mean Name?',
      ],
    ],
    [
      "a reference to the ROS template's parameter",
      topic('{ TopicName: !Ref Open }'),
      [
        '17 …Template.Resources.Topic.Properties.TopicName: refers to Open, which is neither a parameter nor a resource of this template, but of the ROS template around it: give its value in Stack.Parameters',
      ],
    ],
    [
      'a text with a reference to nothing',
      topic("{ TopicName: !Sub 'x-${Nothing.Arn}' }"),
      ['17 …Template.Resources.Topic.Properties.TopicName: refers to Nothing'],
    ],
    [
      'a DependsOn of nothing',
      'Resources:\n  A: { Type: AWS::SNS::Topic, DependsOn: B }',
      ['17 …Template.Resources.A.DependsOn: names B, which is not a resource'],
    ],
    [
      'a condition of nothing',
      'Resources:\n  A: { Type: AWS::SNS::Topic, Condition: Prod }',
      ['17 …Template.Resources.A.Condition: names Prod, which is not a condition'],
    ],
    [
      'an If of nothing',
      topic('{ TopicName: !If [Prod, a, b] }'),
      ['17 …Template.Resources.Topic.Properties.TopicName: names Prod, which is not a condition'],
    ],
    [
      'a map of nothing',
      topic('{ TopicName: !FindInMap [Names, a, b] }'),
      ['17 …Template.Resources.Topic.Properties.TopicName: finds no map Names in Mappings'],
    ],
    [
      'a misspelt function',
      topic("{ TopicName: !Joyn ['', [a]] }"),
      [
        '17 …Template.Resources.Topic.Properties.TopicName: calls Fn::Joyn, which is not a function of CloudFormation; did you mean Fn::Join?',
      ],
    ],
    [
      'a misspelt attribute',
      topic('{}', 'Outputs: { A: { Value: !GetAtt Topic.TopikArn } }'),
      ['warning 18 …Template.Outputs.A.Value: refers to Topic.TopikArn, which AWS::SNS::Topic does not have'],
    ],
    [
      'resources that need each other',
      `Resources:
  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt B.TopicName } }
  B: { Type: AWS::SNS::Topic, DependsOn: [C] }
  C: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub '\${A}' } }`,
      ['17 …Template.Resources.A: depends on itself: A → B → C → A'],
    ],
    [
      'an output without a value',
      topic('{}', 'Outputs: { A: { Description: x } }'),
      ['18 …Template.Outputs.A: must have a Value'],
    ],
    [
      'a parameter without a type',
      topic('{}', 'Parameters: { A: { Default: x } }'),
      ['18 …Template.Parameters.A: must have a Type'],
    ],
    [
      'a misspelt type of a parameter',
      topic('{}', 'Parameters: { A: { Type: Strin, Default: x } }'),
      ['18 …Template.Parameters.A.Type: is not a type of parameters; did you mean String?'],
    ],
    [
      'a default that is not allowed',
      topic('{}', 'Parameters: { A: { Type: String, AllowedValues: [b, c], Default: a } }'),
      ['18 …Template.Parameters.A.Default: must be one of b, c'],
    ],
    [
      'the same key twice',
      'Resources:\n  A: { Type: AWS::SNS::Topic }\n  A: { Type: AWS::SNS::Topic }',
      ['warning 18 …Template: has the key A twice'],
    ],
    [
      'an id of an account that is a number',
      topic('{}', 'Parameters: { Account: { Type: String, Default: 012345678901 } }'),
      ['warning 18 …Template: has Default as a number that begins with 0; put an id in quotes'],
    ],
    [
      'a version that is a number',
      'Resources:\n  C: { Type: AWS::EKS::Cluster, Properties: { RoleArn: a, ResourcesVpcConfig: {}, Version: 1.30 } }',
      ['warning 17 …Template: has Version as a number that ends with 0; put a version in quotes'],
    ],
    [
      'a role without the capability',
      'Resources:\n  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {}, RoleName: x } }',
      [
        '14 Resources.Net.Properties.Parameters.Stack: must have CAPABILITY_NAMED_IAM in Capabilities: R (AWS::IAM::Role) has a name of its own',
      ],
    ],
    [
      'a transform without the capability',
      `Transform: AWS::LanguageExtensions\n${topic('{}')}`,
      [
        '14 Resources.Net.Properties.Parameters.Stack: must have CAPABILITY_AUTO_EXPAND in Capabilities: it uses the transform AWS::LanguageExtensions',
      ],
    ],
  ])('%s', async (_name, template, told) => {
    expect(await problemsIn(ros({ template }))).toEqual(told.map((one) => expect.stringContaining(one)))
  })

  it('a capability that is too weak', async () => {
    const template = 'Resources:\n  R: { Type: AWS::IAM::User, Properties: { UserName: x } }'
    expect(await problemsIn(ros({ template, stack: 'Capabilities: [CAPABILITY_IAM]' }))).toEqual([
      expect.stringMatching(/^18 …Capabilities: must have CAPABILITY_NAMED_IAM/),
    ])
  })

  it('a missing capability because of a condition', async () => {
    const template = `Conditions: { C: !Equals [a, b] }
Resources:
  R: { Type: AWS::IAM::AccessKey, Condition: C, Properties: { UserName: x } }`
    expect(await problemsIn(ros({ template }))).toEqual([
      expect.stringMatching(/^warning 14 .*: may need CAPABILITY_IAM/),
    ])
  })
})

describe('a wrong value for a parameter of a template of AWS is reported:', () => {
  it.each([
    ['a missing one', '{}', ['…Parameters: must give a value to Name: the template has no default']],
    [
      'an unknown one',
      '{ Name: abc, Sise: small }',
      ['…Parameters.Sise: is not declared by the template; did you mean Size?'],
    ],
    [
      'a misspelt one',
      '{ Nmae: abc }',
      ['…Parameters.Nmae: is not declared by the template; did you mean Name?'],
    ],
    [
      'one that is not allowed',
      '{ Name: abc, Size: medium }',
      ['…Parameters.Size: must be one of small, large'],
    ],
    ['one of another form', '{ Name: ABC }', ['…Parameters.Name: must match the AllowedPattern [a-z]+']],
    ['a text for a number', '{ Name: abc, Count: many }', ['…Parameters.Count: must be a number']],
    ['a number that is too large', '{ Name: abc, Count: 6 }', ['…Parameters.Count: must be at most 5']],
    [
      'a list of AWS',
      '[{ ParameterKey: Name, ParameterValue: abc }]',
      ['…Parameters: must be a map of parameter to value, such as {Name: value}, but is a list'],
    ],
    [
      'a secret that is too short',
      '{ Name: abc, Password: short }',
      [
        '…Parameters.Password: must have 8 characters at least',
        '…Parameters.Password: is a secret (the template hides it) that everybody can read',
      ],
    ],
    [
      'a secret from an open parameter',
      '{ Name: abc, Password: { Ref: Open } }',
      ['…Parameters.Password: takes a secret from the parameter Open, which needs NoEcho: true'],
    ],
    [
      'an unquoted yes',
      '{ Name: yes }',
      ['…Parameters.Name: is yes without quotes, which ROS may read as true or false'],
    ],
    [
      'unquoted ports',
      '{ Name: { Ref: Open }, Zones: 22:22 }',
      ['…Parameters.Zones: has colons and no quotes'],
    ],
    [
      'an account with a leading zero',
      '{ Name: { Ref: Open }, Zones: 012345678901 }',
      ['…Parameters.Zones: is a number in a form that ROS may read as another one'],
    ],
  ])('%s', async (_name, parameters, told) => {
    const found = await problemsIn(ros({ template: AWS, stack: `Parameters: ${parameters}` }))
    expect(found).toEqual(told.map((one) => expect.stringContaining(one)))
    expect(found.every((one) => /^(?:warning )?27 /.test(one))).toBe(true)
    expect(found.join()).not.toContain('short')
  })
})

describe('an output that the stack does not have is reported:', () => {
  const given = 'Parameters: { Name: abc }'
  it.each<[string, Partial<Parts>, readonly string[]]>([
    [
      'by Fn::GetAtt',
      { after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, Arm] } }' },
      ['30 Outputs.A.Value: refers to Net.Arm, but the stack of Net gives no such output; did you mean Arn?'],
    ],
    [
      'by a text',
      { after: "Outputs:\n  A: { Value: { Fn::Sub: 'x-${Net.Address}' } }" },
      [
        '30 Outputs.A.Value: refers to Net.Address, but the stack of Net gives no such output; it has Arn, TopicName',
      ],
    ],
    [
      'in another resource',
      { after: '  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties: { VpcName: !GetAtt Net.Nme }' },
      ['31 Resources.Vpc.Properties.VpcName: refers to Net.Nme'],
    ],
    [
      'that Outputs leaves out',
      { parameters: 'Outputs: [Arn]', after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, TopicName] } }' },
      ['30 Outputs.A.Value: refers to Net.TopicName, but the stack of Net gives no such output; it has Arn'],
    ],
    [
      'that SecretOutputs keeps back',
      { parameters: 'SecretOutputs: [Arn]', after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, Arn] } }' },
      ['30 Outputs.A.Value: refers to Net.Arn, which SecretOutputs of Net keeps back'],
    ],
    [
      'by Outputs',
      { parameters: 'Outputs: { A: Arn, B: Nothing }' },
      [
        '28 Resources.Net.Properties.Parameters.Outputs.B: names Nothing, which is not an output of the template',
      ],
    ],
    [
      'by SecretOutputs',
      { parameters: 'SecretOutputs: [Am]' },
      ['28 Resources.Net.Properties.Parameters.SecretOutputs[0]: names Am, which is not an output'],
    ],
    [
      'by StoredOutputs',
      { parameters: 'StoredOutputs: { Names: [Am] }' },
      ['28 Resources.Net.Properties.Parameters.StoredOutputs.Names[0]: names Am, which is not an output'],
    ],
    [
      'of a resource that is not there',
      { after: 'Outputs:\n  A: { Value: { Fn::GetAtt: [Nett, Arn] } }' },
      [
        '30 Outputs.A.Value: refers to Nett, which is neither a parameter nor a resource of this template; did you mean Net?',
      ],
    ],
  ])('%s', async (_name, parts, told) => {
    expect(await problemsIn(ros({ template: AWS, stack: given, ...parts }))).toEqual(
      told.map((one) => expect.stringContaining(one)),
    )
  })
})

describe('a mistake in a template of Heat is reported:', () => {
  const heat = (body: string) => `heat_template_version: 2018-08-31\n${body}`
  it.each<[string, string, readonly string[]]>([
    ['no version', 'resources: {}', ['16 …Template.heat_template_version: is missing']],
    [
      'a version that never was',
      'heat_template_version: 2018-08-30\nresources: {}',
      ['16 …Template.heat_template_version: is not a version that Heat has; did you mean 2018-08-31?'],
    ],
    [
      'a misspelt section',
      heat('resource: {}'),
      ['17 …Template.resource: is not a part of a template of Heat; did you mean resources?'],
    ],
    [
      'a resource without a type',
      heat('resources: { a: { properties: {} } }'),
      ['17 …Template.resources.a: must have a type'],
    ],
    [
      'a misspelt part of a resource',
      heat('resources: { a: { type: OS::Heat::None, propertys: {} } }'),
      ['17 …Template.resources.a.propertys: is not a part of a resource; did you mean properties?'],
    ],
    [
      'a misspelt type',
      heat('resources: { a: { type: OS::Nova::Sever } }'),
      [
        'warning 17 …Template.resources.a.type: is not a type that Heat has by itself; did you mean OS::Nova::Server?',
      ],
    ],
    [
      'a misspelt property',
      heat('resources: { a: { type: OS::Nova::Server, properties: { flavour: x } } }'),
      [
        'warning 17 …Template.resources.a.properties.flavour: is not a property that OS::Nova::Server has in Heat; did you mean flavor?',
      ],
    ],
    [
      'a parameter that is not declared',
      heat(
        'parameters: { image: { type: string, default: x } }\nresources: { a: { type: OS::Heat::Value, properties: { value: { get_param: imag } } } }',
      ),
      [
        '18 …Template.resources.a.properties.value: refers to imag, which is not a parameter of this template; did you mean image?',
      ],
    ],
    [
      'an attribute of nothing',
      heat('outputs: { a: { value: { get_attr: [server, name] } } }'),
      ['17 …Template.outputs.a.value: refers to server, which is not a resource of this template'],
    ],
    [
      'a resource of nothing',
      heat('outputs: { a: { value: { get_resource: server } } }'),
      ['17 …Template.outputs.a.value: refers to server, which is not a resource of this template'],
    ],
    [
      'a misspelt attribute',
      heat(
        'resources: { a: { type: OS::Nova::Server } }\noutputs: { o: { value: { get_attr: [a, first_adress] } } }',
      ),
      ['warning 18 …Template.outputs.o.value: refers to the attribute first_adress of a'],
    ],
    [
      'depends_on of nothing',
      heat('resources: { a: { type: OS::Heat::None, depends_on: [b] } }'),
      ['17 …Template.resources.a.depends_on: names b, which is not a resource'],
    ],
    [
      'a condition of nothing',
      heat('resources: { a: { type: OS::Heat::None, condition: c } }'),
      ['17 …Template.resources.a.condition: refers to c, which is not a condition'],
    ],
    [
      'resources that need each other',
      heat(
        'resources:\n  a: { type: OS::Heat::Value, properties: { value: { get_attr: [b, value] } } }\n  b: { type: OS::Heat::Value, properties: { value: { get_resource: a } } }',
      ),
      ['18 …Template.resources.a: depends on itself: a → b → a'],
    ],
    [
      'a misspelt function',
      heat('outputs: { a: { value: { get_parm: x } } }'),
      [
        'warning 17 …Template.outputs.a.value: calls get_parm, which is not a function of Heat; did you mean get_param?',
      ],
    ],
    [
      'a file that is not given',
      heat('resources: { a: { type: OS::Nova::Server, properties: { user_data: { get_file: init.sh } } } }'),
      [
        '17 …Template.resources.a.properties.user_data: names the file init.sh, whose content must be given in Stack.Files',
      ],
    ],
    [
      'a template in a file that is not given',
      heat('resources: { a: { type: part.yaml } }'),
      ['17 …Template.resources.a.type: is the file part.yaml, whose content must be given in Stack.Files'],
    ],
    [
      'a type of a parameter',
      heat('parameters: { a: { type: text, default: x } }'),
      ['17 …Template.parameters.a.type: must be one of string, number'],
    ],
    [
      'a default that breaks a constraint',
      heat('parameters: { a: { type: number, default: 9, constraints: [{ range: { max: 5 } }] } }'),
      ['17 …Template.parameters.a.default: must be at most 5'],
    ],
    [
      'an output without a value',
      heat('outputs: { a: { description: x } }'),
      ['17 …Template.outputs.a: must have a value'],
    ],
  ])('%s', async (_name, template, told) => {
    expect(await problemsIn(ros({ type: 'Custom::HeatStack', template }))).toEqual(
      told.map((one) => expect.stringContaining(one)),
    )
  })

  it.each([
    ['a missing value', '{}', '…Parameters: must give a value to size, on: the template has no default'],
    [
      'an unknown one',
      '{ size: 2, on: true, sise: 1 }',
      '…Parameters.sise: is not declared by the template; did you mean size?',
    ],
    ['a text for a number', '{ size: two, on: true }', '…Parameters.size: must be a number'],
    ['no truth value', '{ size: 2, on: maybe }', '…Parameters.on: must be true or false'],
  ])('for its parameters %s', async (_name, parameters, told) => {
    const template = heat('parameters: { size: { type: number }, on: { type: boolean } }')
    const found = await problemsIn(
      ros({ type: 'Custom::HeatStack', template, stack: `Parameters: ${parameters}` }),
    )
    expect(found).toEqual([expect.stringContaining(told)])
  })
})

describe('a mistake in a template of ROS is reported:', () => {
  const inner = (body: string) => `ROSTemplateFormatVersion: '2015-09-01'\n${body}`
  it.each<[string, string, readonly string[]]>([
    [
      'no version',
      'Resources: { V: { Type: ALIYUN::ECS::VPC } }',
      ["16 …Template.ROSTemplateFormatVersion: is missing; it must be '2015-09-01'"],
    ],
    [
      'a misspelt section',
      inner('resources: { V: { Type: ALIYUN::ECS::VPC } }'),
      ['17 …Template.resources: is not a part of a template of ROS; did you mean Resources?'],
    ],
    [
      'a reference to nothing',
      inner('Resources: { V: { Type: ALIYUN::ECS::VPC, Properties: { CidrBlock: { Ref: Cidr } } } }'),
      ['17 …Template.Resources.V.Properties.CidrBlock: refers to Cidr'],
    ],
    [
      'a misspelt part of a resource',
      inner('Resources: { V: { Type: ALIYUN::ECS::VPC, DependOn: W } }'),
      ['warning 17 …Template.Resources.V.DependOn: is not a part of a resource; did you mean DependsOn?'],
    ],
    [
      'a misspelt function',
      inner("Resources: { V: { Type: ALIYUN::ECS::VPC, Properties: { X: { Fn::Joyn: ['', []] } } } }"),
      [
        'warning 17 …Template.Resources.V.Properties.X: calls Fn::Joyn, which is not a function of ROS; did you mean Fn::Join?',
      ],
    ],
    [
      'HCL that is not closed',
      inner(
        'Transform: Aliyun::Terraform-v1.5\nWorkspace:\n  main.tf: |\n    variable "a" {\n      type = string\n',
      ),
      ['20 …Template.Workspace.main.tf: begins the block variable, which no } closes'],
    ],
  ])('%s', async (_name, template, told) => {
    expect(await problemsIn(ros({ type: 'Custom::RosStack', template }))).toEqual(
      told.map((one) => expect.stringContaining(one)),
    )
  })
})

describe('a mistake in a template of Huawei Cloud RFS is reported:', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a block that is not closed',
      'variable "a" {\n  default = 1\nresource "x_y" "z" {}',
      ['16 …TemplateBody: begins the block variable, which no } closes'],
    ],
    [
      'a bracket that is not closed',
      'locals {\n  a = [1, 2\n}',
      ['18 …TemplateBody: has } where ] must close a bracket'],
    ],
    ['an attribute without a value', 'locals {\n  a =\n}', ['17 …TemplateBody: has a without a value']],
    ['a word alone', 'locals {\n  a\n}', ['17 …TemplateBody: has a without = or {']],
    ['a string without an end', 'locals {\n  a = "x\n}', ['has a string, heredoc or comment without an end']],
    [
      'a misspelt block',
      'varible "a" {}',
      ['16 …TemplateBody: has a block varible, which Terraform does not have; did you mean variable?'],
    ],
    [
      'a missing label',
      'resource "huaweicloud_vpc" {}',
      ['16 …TemplateBody: has a block resource with 1 labels, and not 2'],
    ],
    [
      'a variable that is not declared',
      'variable "name" { default = 1 }\nlocals {\n  a = "${var.nam}"\n}',
      ['18 …TemplateBody: refers to var.nam, which is not declared; did you mean var.name?'],
    ],
    [
      'a resource that is not declared',
      'resource "huaweicloud_vpc" "main" {}\noutput "id" {\n  value = huaweicloud_vpc.mian.id\n}',
      [
        '18 …TemplateBody: refers to huaweicloud_vpc.mian, which is not declared; did you mean huaweicloud_vpc.main?',
      ],
    ],
    [
      'the same variable twice',
      'variable "a" { default = 1 }\nvariable "a" { default = 1 }',
      ['17 …TemplateBody: declares var.a twice'],
    ],
    [
      'values that need each other',
      'locals {\n  a = local.b\n  b = local.a\n}',
      ['17 …TemplateBody: has local.a, which depends on itself: local.a → local.b → local.a'],
    ],
    ['an output without a value', 'output "a" {}', ['16 …TemplateBody: has the output a without a value']],
    [
      'a variable without a value',
      'variable "a" {}',
      ['14 …Parameters: must give a value to a: the template has no default'],
    ],
    [
      'JSON with a reference to nothing',
      '{ "output": { "a": { "value": "${var.b}" } } }',
      ['16 …TemplateBody: refers to var.b, which is not declared'],
    ],
  ])('%s', async (_name, template, told) => {
    const text = ros({ type: 'Custom::HuaweiRfsStack', property: 'TemplateBody', template })
    expect(await problemsIn(text)).toEqual(told.map((one) => expect.stringContaining(one)))
  })

  it.each([
    ['a text for a number', '{ count: many, kind: a }', '…Parameters.count: must be a number'],
    ['one that is not allowed', '{ count: 1, kind: c }', '…Parameters.kind: must be one of a, b'],
    [
      'an unknown one',
      '{ count: 1, kind: a, knd: b }',
      'warning 24 …Parameters.knd: is not declared by the template; did you mean kind?',
    ],
  ])('for its variables %s', async (_name, parameters, told) => {
    const template = `variable "count" { type = number }
variable "kind" {
  type = string
  validation {
    condition = contains(["a", "b"], var.kind)
    error_message = "no"
  }
}`
    const text = ros({
      type: 'Custom::HuaweiRfsStack',
      property: 'TemplateBody',
      template,
      stack: `Parameters: ${parameters}`,
    })
    expect(await problemsIn(text)).toEqual([expect.stringContaining(told)])
  })
})

describe('a mistake in the ROS template itself is reported:', () => {
  const stack = { template: topic('{}') }
  it.each<[string, string, readonly string[]]>([
    [
      'no version',
      ros(stack).replace("ROSTemplateFormatVersion: '2015-09-01'\n", ''),
      ["- ROSTemplateFormatVersion: is missing; it must be '2015-09-01'"],
    ],
    [
      'another version',
      ros(stack).replace('2015-09-01', '2010-09-09'),
      ["1 ROSTemplateFormatVersion: must be '2015-09-01'"],
    ],
    [
      'a DependsOn of nothing',
      ros(stack).replace('    Properties:', '    DependsOn: Nope\n    Properties:'),
      ['9 Resources.Net.DependsOn: names Nope, which is not a resource'],
    ],
    [
      'a condition of nothing',
      ros(stack).replace('    Properties:', '    Condition: Nope\n    Properties:'),
      ['9 Resources.Net.Condition: names Nope, which is not a condition'],
    ],
    [
      'a reference to nothing in Outputs',
      ros({ ...stack, after: 'Outputs:\n  A: { Value: { Ref: Nope } }' }),
      ['21 Outputs.A.Value: refers to Nope'],
    ],
    [
      'the same key twice',
      ros(stack).replace('      Timeout: 600\n', '      Timeout: 600\n      Timeout: 600\n'),
      ['warning 12 : has the key Timeout twice'],
    ],
    [
      'resources that need each other',
      ros({
        ...stack,
        after:
          '  A: { Type: ALIYUN::ECS::VPC, Properties: { X: { Ref: B } } }\n  B: { Type: ALIYUN::ECS::VPC, DependsOn: A }',
      }),
      ['20 Resources.A: depends on itself: A → B → A'],
    ],
    [
      'an unknown region of the function',
      ros(stack).replace('{ Ref: Arn }', "'acs:fc:cn-hangzou:1234567890123456:functions/f'"),
      [
        'warning 10 Resources.Net.Properties.ServiceToken: names the region cn-hangzou, which is no region that Stackbridge knows; did you mean cn-hangzhou?',
      ],
    ],
    [
      'an account of the function that is too short',
      ros(stack).replace(
        'Arn: { Type: String }',
        "Arn: { Type: String, Default: 'acs:fc:cn-hangzhou:123:functions/f' }",
      ),
      ['warning 10 Resources.Net.Properties.ServiceToken: names the account 123; the id of an account'],
    ],
    [
      'keys in the template',
      ros({ ...stack, parameters: 'AccessKeyId: x\nAccessKeySecret: y' }),
      ['warning 20 Resources.Net.Properties.Parameters.AccessKeySecret: is a secret that everybody can read'],
    ],
    [
      'a key in a text',
      ros({ ...stack, parameters: 'Revision: AKIA0123456789ABCDEF' }),
      ['warning 19 Resources.Net.Properties.Parameters.Revision: holds a key that everybody can read'],
    ],
    [
      'ROS functions in a template that is a map',
      ros(stack).replace('Template: |', 'Template:').replace('{}', '{ TopicName: !Ref Name }'),
      [
        '15 …Template: must be a string: ROS computes the functions in a template that is a map; its Resources.Topic.Properties.TopicName refers to Name',
      ],
    ],
  ])('%s', async (_name, text, told) => {
    expect(await problemsIn(text)).toEqual(told.map((one) => expect.stringContaining(one)))
  })

  it('two stacks of one name in one region', async () => {
    const one = (id: string, region: string) => `  ${id}:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: { Ref: Arn }
      Timeout: 60
      Parameters: { Timeout: 60, RegionId: ${region}, Stack: { Name: net, TemplateURL: 'https://x.example/t' } }
`
    const template = (second: string) =>
      `ROSTemplateFormatVersion: '2015-09-01'\nParameters: { Arn: { Type: String } }\nResources:\n${one('A', 'eu-west-1')}${second}`
    expect(await problemsIn(template(one('B', 'eu-west-2')))).toEqual([])
    expect(await problemsIn(template(one('B', 'eu-west-1')))).toEqual([
      expect.stringContaining('…Name: is the name of the stack of A, too, in the same place'),
    ])
  })

  it('two resources that store outputs under one name', async () => {
    const one = (id: string, stored: string, token = '{ Ref: Arn }') => `  ${id}:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: ${token}
      Timeout: 60
      Parameters: { Timeout: 60, RegionId: eu-west-1, StoredOutputs: ${stored}, Stack: { Name: ${id}, TemplateURL: 'https://x.example/t' } }
`
    const told = (first: string, second: string, token?: string) =>
      problemsIn(
        `ROSTemplateFormatVersion: '2015-09-01'\nParameters: { Arn: { Type: String }, Brn: { Type: String } }\nResources:\n${one('A', first)}${one('B', second, token)}`,
      )
    const entry = '{ Names: [b-Key], Prefix: a }'
    expect(await told(entry, '{ Names: [Other, Key], Prefix: a-b }')).toEqual([
      expect.stringContaining(
        'Resources.B.Properties.Parameters.StoredOutputs.Prefix: makes a-b-Key the name of what A keeps, too',
      ),
    ])
    expect(await told(entry, '{ Names: [Key], Prefix: a }')).toEqual([])
    expect(await told(entry, '{ Names: [Key], Prefix: a-b, Store: kms }')).toEqual([])
    expect(await told(entry, '{ Names: [Key], Prefix: a-b }', '{ Ref: Brn }')).toEqual([])
    expect(await told('{ Names: [Key] }', '{ Names: [Key] }')).toEqual([])
  })

  it('an unknown store', async () => {
    const text = ros({
      template: AWS,
      stack: 'Parameters: { Name: abc }',
      parameters: 'StoredOutputs: { Names: [Arn], Store: vault }',
    })
    expect(await problemsIn(text)).toEqual([
      expect.stringContaining('StoredOutputs.Store: must be one of oos, kms'),
    ])
    // Otherwise the outputs would silently be stored in OOS.
    expect(await problemsIn(text.replace('Store: vault', 'store: kms'))).toEqual([
      expect.stringContaining('StoredOutputs.store: is not a known property; did you mean Store?'),
    ])
  })
})

it('a mistake in a nested template of Heat is reported with its line', async () => {
  const text = ros({
    type: 'Custom::HeatStack',
    template: 'heat_template_version: rocky\nresources: { a: { type: part.yaml } }',
    stack: `Files:
  part.yaml: |
    heat_template_version: rocky
    outputs:
      o: { value: { get_param: nothing } }
  script.sh: "heat_template_version is no template here"`,
  })
  expect(await problemsIn(text)).toEqual([
    '22 …Files.part.yaml.outputs.o.value: refers to nothing, which is not a parameter of this template',
  ])
})

describe('a template in an included file', () => {
  const including = (file: string) =>
    ros({ template: topic('{}') })
      .replace('Template: |\n', `Template: file://${file}\n`)
      .replace(/ {12}.*\n/g, '')

  it('is checked with the line numbers of that file', async () => {
    expect(await findingsOf(including('network.yml'))).toEqual([
      expect.objectContaining({
        includedFile: 'network.yml',
        line: 4,
        path: 'Resources.Net.Properties.Parameters.Stack.Template.Resources.Topic.Properties.TopicName',
      }),
    ])
  })
})

describe('one mistake is reported once:', () => {
  const given = 'Parameters: { Name: abc }'
  const output = 'Outputs:\n  A: { Value: { Fn::GetAtt: [Net, Arn] } }'
  it.each<[string, Parts, readonly string[]]>([
    [
      'a misspelt output in Outputs, which is used by its right name',
      { template: AWS, stack: given, parameters: 'Outputs: [Arm]', after: output },
      ['28 Resources.Net.Properties.Parameters.Outputs[0]: names Arm'],
    ],
    [
      'a misspelt section of parameters, which have values',
      { template: AWS.replace('Parameters:', 'parameters:'), stack: given },
      ['16 …Template.parameters: is not a part of a template of CloudFormation'],
    ],
    [
      'a misspelt section of outputs, which are used',
      { template: AWS.replace('Outputs:', 'outputs:'), stack: given, after: output },
      ['24 …Template.outputs: is not a part of a template of CloudFormation'],
    ],
    [
      'a misspelt section of Heat',
      {
        type: 'Custom::HeatStack',
        template:
          'heat_template_version: rocky\nparameter: { a: { type: string } }\noutputs: { o: { value: { get_param: a } } }',
        stack: 'Parameters: { a: x }',
      },
      ['17 …Template.parameter: is not a part of a template of Heat'],
    ],
    [
      'a section that stands twice',
      { template: `${AWS}\nParameters: {}`, stack: given, after: output },
      ['warning 27 …Template: has the key Parameters twice'],
    ],
    [
      'the template of another cloud',
      { template: 'heat_template_version: rocky\nresources: {}', stack: given, after: output },
      ['16 …Template.heat_template_version: makes this a template of another cloud'],
    ],
  ])('%s', async (_name, parts, told) => {
    expect(await problemsIn(ros(parts))).toEqual(told.map((one) => expect.stringContaining(one)))
  })

  it('a secret parameter with a default', async () => {
    const text = ros({ template: AWS, stack: 'Parameters: { Name: abc, Password: { Ref: Secret } }' })
    expect(
      await problemsIn(text.replace('NoEcho: true }\nRes', 'NoEcho: true, Default: changed-later }\nRes')),
    ).toEqual([
      expect.stringContaining(
        '…Parameters.Password: takes a secret from the parameter Secret, whose Default everybody can read',
      ),
    ])
  })
})

describe('a section that is longer than the cloud takes', () => {
  const entries = (count: number, entry: string) =>
    Array.from({ length: count }, (_, index) => `  A${String(index)}: ${entry}`).join('\n')
  const AWS_TOPIC = '{ Type: AWS::SNS::Topic }'
  const awsWith = (section: string, count: number, entry: string) =>
    `Resources:\n  Topic: ${AWS_TOPIC}\n${section}:\n${entries(count, entry)}`
  const rosWith = (count: number) =>
    `ROSTemplateFormatVersion: '2015-09-01'\nResources:\n${entries(count, '{ Type: ALIYUN::ECS::VPC }')}`

  it.each([
    ['Resources', 500, (count: number) => `Resources:\n${entries(count, AWS_TOPIC)}`],
    ['Parameters', 200, (count: number) => awsWith('Parameters', count, '{ Type: String, Default: x }')],
    ['Mappings', 200, (count: number) => awsWith('Mappings', count, '{ a: { b: c } }')],
    ['Outputs', 200, (count: number) => awsWith('Outputs', count, '{ Value: x }')],
  ])('is an error in a template of AWS: %s', async (section, most, templateWith) => {
    expect(await problemsIn(ros({ template: templateWith(most) }))).toEqual([])
    expect(await problemsIn(ros({ template: templateWith(most + 1) }))).toEqual([
      expect.stringContaining(
        `…Template.${section}: has ${String(most + 1)} entries, and CloudFormation takes ${String(most)} at most`,
      ),
    ])
  })

  it("is a warning in a template of ROS, where a resource's condition may be false", async () => {
    expect(await problemsIn(rosWith(300))).toEqual([])
    expect(await problemsIn(rosWith(301))).toEqual([
      expect.stringMatching(/^warning \d+ Resources: has 301 entries, and ROS takes 300 at most/),
    ])
    expect(await problemsIn(ros({ type: 'Custom::RosStack', template: rosWith(301) }))).toEqual([
      expect.stringContaining('…Template.Resources: has 301 entries'),
    ])
  })

  it('is not counted where a macro may remove entries', async () => {
    const template = `Transform: [MyMacro]\nResources:\n${entries(501, AWS_TOPIC)}`
    expect(await problemsIn(ros({ template, stack: 'Capabilities: [CAPABILITY_AUTO_EXPAND]' }))).toEqual([])
  })
})

it('warns of a template that only other YAML parsers accept, and checks nothing else in it', async () => {
  expect(
    await problemsIn(`ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  A:\n    x: [{\n  y: 1\n    }]\n`),
  ).toEqual([
    expect.stringMatching(/^warning \d+ : is not valid YAML .*; ROS may accept it, and it was not checked$/),
  ])
})

it('reports the line of the text for a template in quotes, since its lines differ from those of the file', async () => {
  const template = '{\\n"Resources": {\\n"A": {}}}'
  const text = ros({ template: topic('{}') })
    .replace('Template: |\n', `Template: '${template.replaceAll('\\n', '\n\n              ')}'\n`)
    .replace(/ {12}R.*\n| {14}T.*\n/g, '')
  const found = await problemsIn(text)
  expect(found).toEqual([
    expect.stringMatching(/^15 …Template\.Resources\.A: must be a map .* \(line 3 of the text\)$/),
  ])
})
