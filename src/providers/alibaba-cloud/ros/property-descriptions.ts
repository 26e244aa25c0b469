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
    "The access key's id; else that of the function's environment. ROS keeps what is in a template, so prefer the environment or AssumeRole.",
  AccessKeySecret: "The access key's secret.",
  SecurityToken: 'The token of temporary keys.',
  RegionId: 'The region of the stack, such as cn-hangzhou. It cannot change.',
  AssumeRole: {
    description: 'A RAM role to act as, by STS.',
    properties: {
      RoleArn: "The role's ARN, such as acs:ram::1234567890123456:role/name.",
      ExternalId: "What the role's trust policy may ask for as sts:ExternalId.",
      SessionName: "The session's name in the audit trail.",
      DurationSeconds: "Seconds that a session lasts, 900 to 43200; at most the role's own maximum.",
    },
  },
  Endpoint: "The address of ROS, in the place of the region's.",
  StsEndpoint: "The address of STS, in the place of the region's.",
  Stack: {
    description: "The stack, as in ROS's CreateStack and UpdateStack.",
    properties: {
      Name: "The stack's name; else one is derived from the ROS stack's name and the logical id. It cannot change.",
      Template:
        'The template, as text or as a map. As text where it uses functions such as Ref: the outer ROS takes those in a map for its own.',
      TemplateBody: 'The same as Template, by the name that the API has for it.',
      TemplateURL:
        'The address of a template. When only the document behind it has changed, change Revision too.',
      TemplateId: 'The id of a template that ROS keeps.',
      TemplateVersion: 'The version of the template with this TemplateId.',
      Parameters: sharedDescriptions.parameters,
      UsePreviousParameters: 'As in the API.',
      TimeoutInMinutes: 'Minutes, 10 to 1440, after which ROS itself gives up.',
      DisableRollback: 'As in the API.',
      StackPolicyBody: 'The stack policy, as text or as a map, at most 16384 bytes.',
      StackPolicyURL: 'The address of a stack policy.',
      StackPolicyDuringUpdateBody: 'A stack policy for the time of an Update, as text or as a map.',
      StackPolicyDuringUpdateURL: 'The address of a stack policy for the time of an Update.',
      Tags: sharedDescriptions.keyValueTags,
      DeletionProtection: 'Enabled or Disabled.',
      ResourceGroupId: 'The resource group of the stack.',
      NotificationURLs: 'As in the API, 5 at most.',
      ReplacementOption: 'As in the API: whether an Update may replace resources.',
      Parallelism: 'As in the API: how many resources ROS works on at once.',
      RamRoleName: "The RAM role as which ROS makes the stack's resources.",
      RetainResources: 'Resources that stay when the stack is deleted.',
      RetainAllResources: 'All resources stay when the stack is deleted.',
      DeleteOptions: 'As in the API.',
      ContinueCreate:
        'Takes a creation up again that has failed and was not rolled back, where an earlier try has left one.',
      RecreatingResources: 'For ContinueCreate: resources that are made anew.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: sharedDescriptions.onDeleteFailed,
  SecretParameters: sharedDescriptions.noEchoParameters,
  MaxDepth: 'How many stacks within each other may be made by custom resources like this one, 1 to 10.',
}
