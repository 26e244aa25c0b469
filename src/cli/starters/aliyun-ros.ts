import type { Starter } from './starter.ts'

/** A resource of ROS itself, which costs nothing. The template is text: ROS would resolve a map's functions itself. */
export const aliyunRosStarter: Starter = {
  cloud: 'ros',
  credentials: 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  resource: 'RosStack',
  template: `# A ROS template that owns a stack of ROS in another region or account, through Stackbridge.
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  StackbridgeArn:
    Type: String
    Description: The function's ARN, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  BucketName:
    Type: String
    Default: bucket-by-ros
Resources:
  RosStack:
    Type: Custom::RosStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # again: ROS does not tell the function
        RegionId: ap-southeast-1
        # Credentials are those of the function's role. For another account:
        # AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/stackbridge' }
        Stack:
          # Name: my-stack # else one is derived; it cannot change
          Template: |
            ROSTemplateFormatVersion: '2015-09-01'
            Parameters:
              BucketName: { Type: String }
            Resources:
              Bucket:
                Type: ALIYUN::OSS::Bucket
                Properties:
                  BucketName: { Ref: BucketName }
            Outputs:
              BucketDomain: { Value: { Fn::GetAtt: [Bucket, DomainName] } }
          Parameters:
            BucketName: { Ref: BucketName }
Outputs:
  BucketDomain:
    Value: { Fn::GetAtt: [RosStack, BucketDomain] }
`,
}
