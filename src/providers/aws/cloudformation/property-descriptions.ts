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
    "The access key's id. Without keys here, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` of the function's environment. ROS keeps what is in a template: prefer the environment or `AssumeRole`.",
  AccessKeySecret: "The access key's secret.",
  SecurityToken:
    'The session token of temporary keys. It cannot be renewed: it must last as long as the operation.',
  RegionId:
    "The region, such as `us-east-1`. Without it, `AWS_REGION` or `AWS_DEFAULT_REGION` of the function's environment. It cannot change.",
  AssumeRole: {
    description: 'A role to assume, by STS. The session is renewed before it ends.',
    properties: {
      RoleArn: "The role's ARN, such as `arn:aws:iam::123456789012:role/Name`.",
      ExternalId: "The value that the role's trust policy expects as `sts:ExternalId`.",
      SessionName:
        "The session's name in AWS's audit trail. Without it, one that names the ROS stack and resource.",
      DurationSeconds: "How long a session lasts, in seconds; at most the role's own maximum.",
      Endpoint: "The address of STS, instead of the region's.",
    },
  },
  UseDualstackEndpoint:
    "true: AWS's addresses for IPv4 and IPv6, of CloudFormation and STS. Without it, `AWS_USE_DUALSTACK_ENDPOINT` of the environment. Not together with `Endpoint`.",
  UseFipsEndpoint:
    "true: AWS's addresses with FIPS 140 cryptography, of CloudFormation and STS. Without it, `AWS_USE_FIPS_ENDPOINT` of the environment. Not together with `Endpoint`.",
  Endpoint:
    "Another address that speaks CloudFormation's Query protocol, such as Heat's compatible API. Without it, `AWS_ENDPOINT_URL_CLOUDFORMATION` or `AWS_ENDPOINT_URL` of the environment, else the region's own.",
  Stack: {
    description: "The stack, as in CloudFormation's CreateStack and UpdateStack.",
    properties: {
      Name: sharedDescriptions.stackName,
      Template:
        'The template, at most 51,200 bytes. Write it as text if it has functions such as `Ref`: in a map, ROS resolves them itself.',
      TemplateURL: `The address of a template in S3, instead of \`Template\`. ${sharedDescriptions.templateUrl}`,
      Parameters:
        'A map of parameter to value: text, numbers, true, false, lists (joined by commas), or `{UsePreviousValue: true}` in an Update.',
      Capabilities: 'What the template may do that has to be acknowledged.',
      Tags: 'A map of tag to value, or a list of `{Key, Value}`; 47 at most. Three more mark the owner: `stackbridge:ros-stack-id`, `stackbridge:logical-resource-id` and `stackbridge:ros-stack-name`.',
      RoleARN: 'The service role with which CloudFormation makes the resources.',
      NotificationARNs: 'SNS topics that receive the events of the stack.',
      OnFailure: 'What CloudFormation does when a Create fails. Not together with `DisableRollback`.',
      DisableRollback: 'Leaves a failed Create or Update as it is. Not together with `OnFailure`.',
      TimeoutInMinutes: 'Minutes after which CloudFormation itself stops a Create.',
      StackPolicyBody: 'The stack policy.',
      StackPolicyURL: 'The address of a stack policy in S3.',
      EnableTerminationProtection:
        'Termination protection. Only changed if it is given, by a Create and by an Update.',
      ResourceTypes: 'The resource types that the template may use.',
      RollbackConfiguration: {
        description: 'Alarms that make CloudFormation roll back.',
        properties: {
          RollbackTriggers: 'The alarms: a list of `{Arn, Type}`.',
          MonitoringTimeInMinutes: 'Minutes for which CloudFormation watches them after the operation.',
        },
      },
      RetainResources:
        'Resources that stay in AWS when a stack is deleted that is in `DELETE_FAILED` already: AWS takes the list only then.',
      DeletionMode:
        '`FORCE_DELETE_STACK` deletes a stack that is in `DELETE_FAILED` already, without what cannot be deleted.',
      RetainExceptOnCreate:
        'Deletes what a failed operation has just made, whatever its `DeletionPolicy` says.',
      ContinueUpdateRollback: 'Repairs a stack in `UPDATE_ROLLBACK_FAILED` before it is updated.',
      ResourcesToSkip: 'Resources that this repair leaves out.',
      ForceRollback:
        'Makes this repair leave out every resource whose rollback failed. Not together with `ResourcesToSkip`.',
      RollbackStack:
        'Rolls back a stack in `CREATE_FAILED` or `UPDATE_FAILED`, which `DisableRollback` has kept, before anything else.',
      DisableValidation: 'Switches off the validations that CloudFormation runs before it provisions.',
      DeploymentConfig: {
        description: 'How CloudFormation runs a Create, an Update and a Delete.',
        properties: {
          Mode: '`EXPRESS` does not wait until resources are ready to serve.',
          DisableRollback:
            'Leaves a failed operation as it is. In the mode `EXPRESS` AWS does so unless this is false.',
        },
      },
      StackPolicyDuringUpdateBody: 'A stack policy for the time of an Update, instead of the permanent one.',
      StackPolicyDuringUpdateURL: 'The address of such a policy in S3.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: `${sharedDescriptions.onDeleteFailed} After \`retain\`, what is in \`DELETE_FAILED\` stays in AWS. \`force\` is the deletion mode \`FORCE_DELETE_STACK\`.`,
  SecretParameters: sharedDescriptions.noEchoParameters,
}
