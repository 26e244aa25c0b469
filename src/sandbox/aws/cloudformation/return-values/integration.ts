import { arn, type ReturnValues } from './form.ts'

/** Types of SNS, SQS, Events, Kinesis, MSK, Logs, CloudWatch, SSM, CloudFormation. */
export const integration: Readonly<Record<string, ReturnValues>> = {
  'AWS::SNS::Topic': {
    nameFrom: 'TopicName',
    ref: arn('sns', '{name}'),
    attributes: { TopicArn: '{ref}', TopicName: '{name}' },
  },
  'AWS::SNS::Subscription': { ref: '{$TopicArn}:{uuid}', attributes: { Arn: '{ref}' } },
  'AWS::SNS::TopicPolicy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::SQS::Queue': {
    nameFrom: 'QueueName',
    ref: 'https://sqs.{region}.{dnsSuffix}/{account}/{name}',
    attributes: { Arn: arn('sqs', '{name}'), QueueName: '{name}', QueueUrl: '{ref}' },
  },
  'AWS::SQS::QueuePolicy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::Events::Rule': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Arn: arn('events', 'rule/{ref}') },
  },
  'AWS::Kinesis::Stream': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Arn: arn('kinesis', 'stream/{ref}') },
  },
  'AWS::MSK::Cluster': {
    nameFrom: 'ClusterName',
    ref: arn('kafka', 'cluster/{name}/{uuid}-1'),
    attributes: { Arn: '{ref}', CurrentVersion: 'K{upper:13}' },
  },
  'AWS::Logs::LogGroup': {
    nameFrom: 'LogGroupName',
    ref: '{name}',
    attributes: { Arn: arn('logs', 'log-group:{ref}:*') },
  },
  'AWS::CloudWatch::Alarm': {
    nameFrom: 'AlarmName',
    ref: '{name}',
    attributes: { Arn: arn('cloudwatch', 'alarm:{ref}') },
  },
  'AWS::SSM::Parameter': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Type: '{$Type|String}', Value: '{$Value}' },
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    ref: 'https://cloudformation-waitcondition-{region}.s3.{dnsSuffix}/{upper:12}',
  },
  'AWS::CloudFormation::WaitCondition': {
    ref: 'arn:{partition}:cloudformation:{region}:{account}:stack/{stack}/{uuid}/{logicalId}',
    attributes: { Data: '{}' },
  },
}
