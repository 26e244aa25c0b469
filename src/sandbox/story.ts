import type { JsonObject } from '../platform/json.ts'

/**
 * The story that the demo plays: a bucket in AWS, owned by a ROS template. The first template is that of the article from
 * which this project began: https://developer.aliyun.com/article/740198
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

export interface StoryStep {
  readonly title: string
  /** Which resource of the ROS stack it happens to. */
  readonly resource: string
  readonly change: 'create' | 'update' | 'delete'
  readonly stack: JsonObject
  readonly expected: 'SUCCESS' | 'FAILED'
  /** What the reason of a FAILED has to say. */
  readonly because?: RegExp
}

const stack = (name: string, template: string): JsonObject => ({
  Name: name,
  Template: template,
  Parameters: { BucketName: 'bucket-by-ros' },
})

export const story: readonly StoryStep[] = [
  {
    title: 'Create: ROS asks for a bucket in AWS',
    resource: 'TestAwsCloudFormationStack',
    change: 'create',
    stack: stack('stack-by-ros', bucketTemplate),
    expected: 'SUCCESS',
  },
  {
    title: 'Update: the template gains a topic',
    resource: 'TestAwsCloudFormationStack',
    change: 'update',
    stack: stack('stack-by-ros', withTopic),
    expected: 'SUCCESS',
  },
  {
    title: 'Update without a change: AWS says "No updates are to be performed", which is no failure',
    resource: 'TestAwsCloudFormationStack',
    change: 'update',
    stack: stack('stack-by-ros', withTopic),
    expected: 'SUCCESS',
  },
  {
    title:
      'Create that fails: the bucket exists already; AWS rolls back, and ROS sends a Delete without an id',
    resource: 'SecondStack',
    change: 'create',
    stack: stack('second-stack-by-ros', bucketTemplate),
    expected: 'FAILED',
    because: /^MyBucket \(AWS::S3::Bucket\): bucket-by-ros already exists/,
  },
  {
    title: 'Delete: the ROS stack goes, and the bucket with it',
    resource: 'TestAwsCloudFormationStack',
    change: 'delete',
    stack: stack('stack-by-ros', withTopic),
    expected: 'SUCCESS',
  },
]
