import { TEMPLATE_HEAD, type Starter } from './starter.ts'

/** A bucket whose name AWS chooses, so that it is free. The template is text: in a map, ROS would evaluate `Ref`. */
export const awsCloudFormationStarter: Starter = {
  cloud: 'aws',
  credentials: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  resource: 'AwsStack',
  template: `# A ROS template with a stack in AWS CloudFormation, created by Stackbridge.
${TEMPLATE_HEAD}  Purpose:
    Type: String
    Default: trial
Resources:
  AwsStack:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # as above; ROS does not send it to the function
        RegionId: us-east-1
        # Credentials come from the function's environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). To assume a role:
        # AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/stackbridge' }
        Stack:
          # Name: my-stack # optional; cannot be changed later
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
