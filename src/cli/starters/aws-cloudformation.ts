import type { Starter } from './starter.ts'

/** A bucket that AWS names, so that the name is free. The template is text: ROS would resolve a map's `Ref` itself. */
export const awsCloudFormationStarter: Starter = {
  cloud: 'aws',
  credentials: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  resource: 'AwsStack',
  template: `# A ROS template that owns a stack in AWS CloudFormation, through Stackbridge.
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  StackbridgeArn:
    Type: String
    Description: The function's ARN, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  Purpose:
    Type: String
    Default: trial
Resources:
  AwsStack:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # again: ROS does not tell the function
        RegionId: us-east-1
        # Credentials come from the function's environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). To act as a role:
        # AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/stackbridge' }
        Stack:
          # Name: my-stack # else one is derived; it cannot change
          Template: |
            AWSTemplateFormatVersion: '2010-09-09'
            Parameters:
              Purpose: { Type: String }
            Resources:
              MyBucket:
                Type: AWS::S3::Bucket
                Properties:
                  Tags: [{ Key: purpose, Value: !Ref Purpose }]
            Outputs:
              BucketArn: { Value: !GetAtt MyBucket.Arn }
          Parameters:
            Purpose: { Ref: Purpose }
Outputs:
  BucketArn:
    Value: { Fn::GetAtt: [AwsStack, BucketArn] }
`,
}
