import {
  bridgeDescriptions,
  driftPolicyDescriptions,
  planPolicyDescriptions,
  sharedDescriptions,
  type DescriptionsOf,
} from '../../properties/property-descriptions.ts'
import type { RosProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<RosProperties> = {
  ...bridgeDescriptions,
  AccessKeyId:
    "The access key's id. Without keys here, `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and `ALIBABA_CLOUD_SECURITY_TOKEN` of the environment, which hold those of the function's role. ROS keeps what is in a template: prefer the role.",
  AccessKeySecret: "The access key's secret.",
  SecurityToken: 'The token of temporary keys.',
  RegionId:
    "The region of the stack, such as `ap-southeast-1`; `stackbridge regions` lists them. Without it, `FC_REGION`, the function's own. It cannot change.",
  AssumeRole: {
    description:
      'A RAM role to assume, by STS, also in another account. The session is renewed before it ends.',
    properties: {
      RoleArn: "The role's ARN, such as `acs:ram::1234567890123456:role/name`.",
      ExternalId: "The value that the role's trust policy expects as `sts:ExternalId`.",
      SessionName: "The session's name in the audit trail.",
      DurationSeconds: "How long a session lasts, in seconds; at most the role's own maximum.",
    },
  },
  Endpoint:
    'The address of ROS. Without it, `ROS_ENDPOINT` of the environment, else `https://ros.aliyuncs.com`.',
  StsEndpoint:
    'The address of STS. Without it, `STS_ENDPOINT` of the environment, else `https://sts.aliyuncs.com`.',
  Stack: {
    description: "The stack, as in CreateStack and UpdateStack of ROS's API of version 2019-09-10.",
    properties: {
      Name: sharedDescriptions.stackName,
      Template:
        'The template, at most 524,288 bytes. Write it as text if it has functions such as `Ref`: in a map, the outer ROS resolves them itself.',
      TemplateBody: 'The same as `Template`, by the name that the API has for it.',
      TemplateURL: `The address of a template, instead of \`Template\`. ${sharedDescriptions.templateUrl}`,
      TemplateId: 'The id of a template that ROS keeps, instead of `Template`.',
      TemplateVersion: 'The version of the template with this `TemplateId`.',
      Parameters:
        'A map of parameter to value, at most 200: text, numbers, true, false, lists and maps, which go as JSON.',
      UsePreviousParameters:
        'true: an Update takes the former values of the parameters that it does not give.',
      TimeoutInMinutes: 'Minutes after which ROS itself stops an operation.',
      DisableRollback: 'true: ROS leaves a failed operation as it is.',
      StackPolicyBody: 'The stack policy, at most 16,384 bytes.',
      StackPolicyURL: 'The address of a stack policy.',
      StackPolicyDuringUpdateBody: 'A stack policy for the time of an Update.',
      StackPolicyDuringUpdateURL: 'The address of a stack policy for the time of an Update.',
      Tags: 'A map of tag to value, or a list of `{Key, Value}`; 15 at most. Up to 5 more, which begin with `stackbridge:`, mark the owner, the request and the depth.',
      DeletionProtection: 'Deletion protection. Only changed if it is given.',
      ResourceGroupId: 'The resource group of the stack.',
      NotificationURLs: 'Addresses that receive the events of the stack.',
      ReplacementOption: 'Whether an Update may replace resources.',
      Parallelism: 'How many resources ROS works on at once.',
      RamRoleName:
        "The RAM role with which ROS makes the stack's resources. The bridge sends it with the deletion, too.",
      RetainResources: 'Resources that stay when the stack is deleted.',
      RetainAllResources: 'All resources stay when the stack is deleted.',
      DeleteOptions: 'For the deletion, as in the API.',
      ContinueCreate:
        'true: a second Create of this resource continues a stack in `CREATE_FAILED` by ContinueCreateStack. Without it, the stack is deleted and made again.',
      RecreatingResources: 'For `ContinueCreate`: resources that are made again.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: `${sharedDescriptions.onDeleteFailed} After \`retain\`, what is in \`DELETE_FAILED\` stays.`,
  SecretParameters: sharedDescriptions.noEchoParameters,
  MaxDepth: 'How deep resources of this type may nest stacks. Without it, 3.',
}
