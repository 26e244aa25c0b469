import {
  bridgeDescriptions,
  driftPolicyDescriptions,
  planPolicyDescriptions,
  sharedDescriptions,
  type DescriptionsOf,
} from '../../properties/property-descriptions.ts'
import type { AwsProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<AwsProperties> = {
  ...bridgeDescriptions,
  AccessKeyId:
    "The access key's id; else AWS_ACCESS_KEY_ID of the function's environment. ROS keeps what is in a template, so prefer the environment or AssumeRole.",
  AccessKeySecret: "The access key's secret; else AWS_SECRET_ACCESS_KEY of the function's environment.",
  SecurityToken: "The session token of temporary keys; else AWS_SESSION_TOKEN of the function's environment.",
  RegionId:
    "The AWS region, such as us-east-1; else AWS_REGION of the function's environment. It cannot change.",
  AssumeRole: {
    description: 'A role to act as, by STS. Renewed before its session ends.',
    properties: {
      RoleArn: "The role's ARN, such as arn:aws:iam::123456789012:role/Name.",
      ExternalId: "What the role's trust policy may ask for as sts:ExternalId.",
      SessionName: "The session's name in AWS's audit trail; else one that names the ROS stack and resource.",
      DurationSeconds: "Seconds that a session lasts, 900 to 43200; at most the role's own maximum.",
      Endpoint: "The address of STS, in the place of the region's.",
    },
  },
  UseDualstackEndpoint: "AWS's addresses for IPv4 and IPv6, of STS too.",
  UseFipsEndpoint: "AWS's addresses with FIPS 140 cryptography, of STS too.",
  Endpoint: "Another address that speaks CloudFormation's Query protocol, such as Heat's compatible API.",
  Stack: {
    description: "The stack, as in CloudFormation's CreateStack and UpdateStack.",
    properties: {
      Name: sharedDescriptions.stackName,
      Template:
        'The template, as text or as a map, at most 51200 bytes. As text where it uses functions such as Ref: ROS takes those in a map for its own.',
      TemplateURL:
        'The address of a template in S3. When only the document behind it has changed, change Revision too.',
      Parameters:
        'Parameter to value: text, numbers, true, false, lists, or {UsePreviousValue: true} in an Update.',
      Capabilities: 'What the template may do that has to be acknowledged.',
      Tags: 'A map of tag to value, or a list of {Key, Value}; 47 at most, since three that begin with stackbridge: mark the owner.',
      RoleARN: 'The service role with which CloudFormation makes the resources.',
      NotificationARNs: 'SNS topics that receive the events of the stack, 5 at most.',
      OnFailure: 'What CloudFormation does when a Create fails. Not together with DisableRollback.',
      DisableRollback: 'Leaves a failed Create or Update as it is. Not together with OnFailure.',
      TimeoutInMinutes: 'Minutes after which CloudFormation itself gives a Create up.',
      StackPolicyBody: 'The stack policy, as text or as a map.',
      StackPolicyURL: 'The address of a stack policy in S3.',
      EnableTerminationProtection: 'Switched only where it is given, in a Create and in an Update.',
      ResourceTypes: 'The resource types that the template may use.',
      RollbackConfiguration: {
        description: 'Alarms that make CloudFormation roll back.',
        properties: {
          RollbackTriggers: 'The alarms: a list of {Arn, Type}.',
          MonitoringTimeInMinutes: 'Minutes, 0 to 180, for which they are watched after the operation.',
        },
      },
      RetainResources:
        'Resources that stay in AWS when a stack is deleted that is in DELETE_FAILED already: AWS takes the list only then.',
      DeletionMode: 'FORCE_DELETE_STACK deletes a stack in DELETE_FAILED without what cannot be deleted.',
      RetainExceptOnCreate:
        'Deletes what a failed operation has just made, whatever its DeletionPolicy says.',
      ContinueUpdateRollback: 'Repairs a stack in UPDATE_ROLLBACK_FAILED before it is updated.',
      ResourcesToSkip: 'Resources that this repair leaves out.',
      ForceRollback:
        'Makes this repair leave out every resource whose rollback failed. Not together with ResourcesToSkip.',
      RollbackStack:
        'Rolls back a stack in CREATE_FAILED or UPDATE_FAILED, which DisableRollback has kept, before it is made or updated.',
      DisableValidation: 'Switches off the validations that CloudFormation runs before it provisions.',
      DeploymentConfig: {
        description: 'How CloudFormation runs the operation.',
        properties: {
          Mode: 'STANDARD; or EXPRESS, which does not wait until resources are ready to serve.',
          DisableRollback:
            'Leaves a failed operation as it is. AWS does so in EXPRESS mode unless this is false.',
        },
      },
      StackPolicyDuringUpdateBody:
        'A stack policy for the time of an Update, in the place of the standing one. As text or as a map.',
      StackPolicyDuringUpdateURL: 'The address of such a policy in S3.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: sharedDescriptions.onDeleteFailed,
  SecretParameters: sharedDescriptions.noEchoParameters,
}
