import type { JsonObject } from '../../platform/json.ts'

/**
 * The steps of the demo: stacks in AWS and in OpenStack, owned by a ROS template. The first template comes from the
 * article that introduced custom resources of this kind: https://developer.aliyun.com/article/740198
 */

export const bucketTemplate = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  BucketName:
    Type: String
Resources:
  MyBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName:
        Ref: BucketName
Outputs:
  MyBucketArn:
    Value:
      Fn::GetAtt: [MyBucket, Arn]
`

const withTopic = bucketTemplate.replace(
  'Outputs:',
  `  MyTopic:
    Type: AWS::SNS::Topic
    DependsOn: MyBucket
    Properties:
      TopicName: !Sub "\${BucketName}-events"
Outputs:
  MyTopicArn:
    Value: !Ref MyTopic`,
)

export type DemoCloud = 'aws' | 'openstack'

export interface DemoStep {
  readonly title: string
  /** Changes that run at the same time, each on another resource. */
  readonly changes: readonly DemoChange[]
}

export interface DemoChange {
  readonly cloud: DemoCloud
  /** The logical id of the custom resource in the ROS stack. */
  readonly resource: string
  readonly change: 'create' | 'update' | 'delete'
  readonly stack: JsonObject
  readonly expected: 'SUCCESS' | 'FAILED'
  /** What the reason of a FAILED answer must match. */
  readonly because?: RegExp
}

const bucket = (name: string, template: string): JsonObject => ({
  Name: name,
  Template: template,
  Parameters: { BucketName: 'bucket-by-ros' },
})

const server = (properties: JsonObject): JsonObject => ({
  Name: 'heat-stack-by-ros',
  Template: {
    heat_template_version: '2018-08-31',
    parameters: { greeting: { type: 'string' } },
    resources: {
      server: {
        type: 'OS::Heat::TestResource',
        properties: { value: { get_param: 'greeting' }, wait_secs: 1, ...properties },
      },
    },
    outputs: { greeting: { value: { get_attr: ['server', 'output'] } }, sizes: { value: [1, 2, 3] } },
  },
  Parameters: { greeting: 'hello' },
})

const AWS = 'TestAwsCloudFormationStack'
const HEAT = 'TestHeatStack'

/** A change of the first AWS stack that is expected to succeed. */
const awsChange = (change: DemoChange['change'], template: string): DemoChange => ({
  cloud: 'aws',
  resource: AWS,
  change,
  stack: bucket('stack-by-ros', template),
  expected: 'SUCCESS',
})

export const demoSteps: readonly DemoStep[] = [
  {
    title: 'Create: ROS asks for a bucket in AWS',
    changes: [awsChange('create', bucketTemplate)],
  },
  {
    title: 'Update: the template gains a topic',
    changes: [awsChange('update', withTopic)],
  },
  {
    title: 'Update without a change: AWS says "No updates are to be performed", which is no failure',
    changes: [awsChange('update', withTopic)],
  },
  {
    title:
      'Create that fails: the bucket exists already; AWS says so in DescribeEvents only, and ROS sends a Delete without an id',
    changes: [
      {
        cloud: 'aws',
        resource: 'SecondStack',
        change: 'create',
        stack: bucket('second-stack-by-ros', bucketTemplate),
        expected: 'FAILED',
        because:
          /^MyBucket \(AWS::S3::Bucket\): Resource of type 'AWS::S3::Bucket' with identifier 'bucket-by-ros' already exists/,
      },
    ],
  },
  {
    title: 'OpenStack Heat that fails and rolls back: the cause is in the events only, and the answer has it',
    changes: [
      {
        cloud: 'openstack',
        resource: 'SecondHeatStack',
        change: 'create',
        stack: { ...server({ fail: true }), Name: 'second-heat-stack-by-ros', DisableRollback: false },
        expected: 'FAILED',
        because: /^server \(OS::Heat::TestResource\): .*Test Resource failed/,
      },
    ],
  },
  {
    title:
      'Both clouds from one ROS template, at once: the AWS stack is updated while the Heat stack is created',
    changes: [
      awsChange('update', bucketTemplate),
      { cloud: 'openstack', resource: HEAT, change: 'create', stack: server({}), expected: 'SUCCESS' },
    ],
  },
  {
    title: 'Delete: the ROS stack goes, and both stacks with it',
    changes: [
      awsChange('delete', bucketTemplate),
      { cloud: 'openstack', resource: HEAT, change: 'delete', stack: server({}), expected: 'SUCCESS' },
    ],
  },
]
