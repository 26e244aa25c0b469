import type { HuaweiConnection } from './connection.ts'
import { sharedDescriptions, type DescriptionsOf } from '../properties/property-descriptions.ts'

export const huaweiConnectionDescriptions: DescriptionsOf<HuaweiConnection> = {
  Auth: {
    description:
      "An access key, a user, or a token; else what the function's environment holds (HW_ACCESS_KEY, HW_USER_NAME and their kin). ROS keeps what is in a template, so prefer the environment.",
    properties: {
      AccessKey: "The access key's id.",
      SecretKey: "The access key's secret.",
      SecurityToken: 'The token that belongs to temporary keys.',
      UserName: "The IAM user's name; or UserId.",
      UserId: "The IAM user's id.",
      Password: "The IAM user's password.",
      Token: 'A token of IAM. It ends when it ends: a Delete a year later needs another.',
      DomainName: "The account's name; or DomainId.",
      DomainId: "The account's id.",
      ProjectName:
        "The project's name; or ProjectId. Without either, the one that is called like the region.",
      ProjectId: "The project's id.",
      AuthUrl: "IAM's address, in the place of the region's.",
    },
  },
  AssumeRole: {
    description:
      'An agency whose rights the credentials take up, by temporary keys; else, with the credentials of the environment, that of HW_ASSUME_ROLE_AGENCY_NAME.',
    properties: {
      AgencyName: "The agency's name.",
      DomainName: 'The name of the account that made the agency; or DomainId.',
      DomainId: 'The id of the account that made the agency.',
      DurationSeconds: 'How long the temporary keys are valid, in seconds: 900 (the default) to 86400.',
    },
  },
  Region: "The region, such as cn-north-4; else HW_REGION_NAME of the function's environment.",
  Endpoint: "The service's address, in the place of the region's.",
  CACert: sharedDescriptions.certificates,
}
