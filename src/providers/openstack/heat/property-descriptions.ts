import {
  bridgeDescriptions,
  driftPolicyDescriptions,
  planPolicyDescriptions,
  sharedDescriptions,
  type DescriptionsOf,
} from '../../properties/property-descriptions.ts'
import type { HeatProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<HeatProperties> = {
  ...bridgeDescriptions,
  Auth: {
    description:
      "The auth map of a cloud in clouds.yaml; else OS_AUTH_URL and its kin of the function's environment. ROS keeps what is in a template, so prefer the environment.",
    properties: {
      AuthUrl: "Keystone's address, with or without /v3.",
      Username: "The user's name; or UserId.",
      UserId: "The user's id.",
      Password: "The user's password.",
      UserDomainName: "The domain of a user given by name; else the domain with the id 'default'.",
      UserDomainId: 'The id of the domain of a user given by name.',
      ProjectName: "The project's name; or ProjectId. Without either, the user's default project.",
      ProjectId: "The project's id. It cannot change.",
      ProjectDomainName: "The domain of a project given by name; else the domain with the id 'default'.",
      ProjectDomainId: 'The id of the domain of a project given by name.',
      Token: 'A token of Keystone. It ends when it ends: a Delete a year later needs another.',
      ApplicationCredentialId: 'The id of an application credential, which has its project in itself.',
      ApplicationCredentialName: 'The name of an application credential, together with its user.',
      ApplicationCredentialSecret: "The application credential's secret.",
    },
  },
  AuthType: 'Only where Auth could mean several ways to authenticate.',
  RegionName: "The region in Keystone's catalogue; else its first endpoint. It cannot change.",
  Interface: "Which of the catalogue's addresses: public (default), internal or admin.",
  Endpoint: "Heat's address, in the place of the catalogue's.",
  CACert: sharedDescriptions.certificates,
  Insecure: 'Does not check certificates.',
  Stack: {
    description: "The stack, as in Heat's own API.",
    properties: {
      Name: sharedDescriptions.stackName,
      Template:
        "The template, as text or as a map, HOT or CloudFormation's format. As text where it uses functions such as Ref: ROS takes those in a map for its own.",
      TemplateURL: 'The address of a template that Heat itself can fetch.',
      Parameters: sharedDescriptions.parameters,
      Environment: 'An environment, as text or as a map.',
      Files: 'File name to content, as text or as a map: nested templates, get_file.',
      EnvironmentFiles: 'Names in Files; a later one wins over an earlier.',
      TimeoutMins: 'Minutes after which Heat itself gives up.',
      DisableRollback: 'Heat rolls a failure back only where this is false.',
      Tags: 'Tags of the stack, each at most 80 characters and without a comma. Those that begin with stackbridge: mark the owner.',
      Existing: 'An Update keeps the template, environment, parameters and tags that it does not give.',
      ClearParameters: 'With Existing: parameters that go back to their defaults.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: "['retry'], or more of them: delete again. With Heat that often succeeds.",
  SecretParameters:
    'Parameters whose values are masked everywhere. Those that an inline template hides (hidden, NoEcho) are anyway.',
}
