import type { HuaweiConnection } from './connection.ts'
import { sharedDescriptions, type DescriptionsOf } from '../properties/property-descriptions.ts'

export const huaweiConnectionDescriptions: DescriptionsOf<HuaweiConnection> = {
  Auth: {
    description:
      "An access key, a user, or a token. Without it, `HW_ACCESS_KEY`, `HW_USER_NAME` and the related variables of the function's environment. ROS keeps what is in a template: prefer the environment.",
    properties: {
      AccessKey: "The access key's id.",
      SecretKey: "The access key's secret.",
      SecurityToken: 'The token that belongs to temporary keys.',
      UserName:
        "The IAM user's name; or `UserId`. The bridge gets a token from IAM, and renews a revoked one once.",
      UserId: "The IAM user's id.",
      Password: "The IAM user's password.",
      Token: 'A token of IAM. It expires: a Delete a year later needs another one.',
      DomainName: "The account's name; or `DomainId`.",
      DomainId: "The account's id.",
      ProjectName:
        "The project's name; or `ProjectId`. Without either, the project that has the region's name, which IAM is asked for.",
      ProjectId: "The project's id.",
      AuthUrl: "IAM's address. Without it, `https://iam.<region>.myhuaweicloud.com`.",
    },
  },
  AssumeRole: {
    description:
      'An agency that another account made for the account of the credentials: IAM gives temporary keys for it, which sign all calls and are renewed. Without it, with credentials of the environment, that of `HW_ASSUME_ROLE_AGENCY_NAME`.',
    properties: {
      AgencyName: "The agency's name.",
      DomainName: 'The name of the account that made the agency; or `DomainId`.',
      DomainId: 'The id of the account that made the agency.',
      DurationSeconds: 'How long the temporary keys are valid, in seconds. Without it, 900.',
    },
  },
  Region: "The region, such as `cn-north-4`. Without it, `HW_REGION_NAME` of the function's environment.",
  Endpoint:
    "The service's address. Without it, `https://rfs.<region>.myhuaweicloud.com`; for AOS, `https://aos.<region>.myhuaweicloud.com`.",
  CACert: sharedDescriptions.certificates,
}
