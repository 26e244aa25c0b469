import { TEMPLATE_HEAD, type Starter } from './starter.ts'

/** An OSS bucket, which costs nothing while empty. The template is text: in a map, ROS would evaluate the functions. */
export const aliyunRosStarter: Starter = {
  cloud: 'ros',
  credentials: 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  resource: 'RosStack',
  template: `# A ROS template with a stack of ROS in another region or account, created by Stackbridge.
${TEMPLATE_HEAD}  BucketName:
    Type: String
    Default: bucket-by-ros
Resources:
  RosStack:
    Type: Custom::RosStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # as above; ROS does not send it to the function
        RegionId: ap-southeast-1
        # The credentials are those of the function's role. For another account:
        # AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/stackbridge' }
        Stack:
          # Name: my-stack # optional; cannot be changed later
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
