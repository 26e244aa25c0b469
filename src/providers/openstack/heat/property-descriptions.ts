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
      "The auth map of a cloud in `clouds.yaml`, in Pascal case. Without it, `OS_AUTH_URL` and the related variables of the function's environment. ROS keeps what is in a template: prefer the environment.",
    properties: {
      AuthUrl: "Keystone's address, with or without `/v3`.",
      Username: "The user's name; or `UserId`.",
      UserId: "The user's id.",
      Password: "The user's password.",
      UserDomainName: 'The domain of a user given by name. Without it, the domain with the id `default`.',
      UserDomainId: 'The id of the domain of a user given by name.',
      ProjectName: "The project's name; or `ProjectId`. Without either, the user's default project.",
      ProjectId: "The project's id. It cannot change.",
      ProjectDomainName:
        'The domain of a project given by name. Without it, the domain with the id `default`.',
      ProjectDomainId: 'The id of the domain of a project given by name.',
      Token: 'A token of Keystone. It expires: a Delete a year later needs another one.',
      ApplicationCredentialId: 'The id of an application credential, which belongs to one project.',
      ApplicationCredentialName: 'The name of an application credential, together with its user.',
      ApplicationCredentialSecret: "The application credential's secret.",
    },
  },
  AuthType: 'How to authenticate. Only needed where `Auth` could mean several ways.',
  RegionName:
    "The region in Keystone's catalogue. Without it, the catalogue's first endpoint. It cannot change.",
  Interface: "Which of the catalogue's addresses to use. `public` is the default.",
  Endpoint: "Heat's address, instead of the catalogue's.",
  CACert: sharedDescriptions.certificates,
  Insecure: 'true: certificates are not checked. The log has a warning each time.',
  Stack: {
    description: "The stack, as in Heat's own API.",
    properties: {
      Name: `${sharedDescriptions.stackName} ROS keeps at most 255 bytes of \`arn:openstack:heat::<project>:stacks/<name>/<id>\`; with a project id of 32 characters, 158 are left for the name.`,
      Template:
        "The template, in HOT or in CloudFormation's format. Write it as text if it has functions such as `Ref`: in a map, ROS resolves them itself.",
      TemplateURL: `The address of a template that Heat itself can fetch, instead of \`Template\`. ${sharedDescriptions.templateUrl}`,
      Parameters: sharedDescriptions.parameters,
      Environment: 'An environment. `Parameters` win over it.',
      Files:
        'A map of file name to content, as text or as a map: nested templates, and files for `get_file`.',
      EnvironmentFiles:
        'Names of environments in `Files`. A later one wins over an earlier one; `Environment` and `Parameters` win over all of them.',
      TimeoutMins:
        'Minutes after which Heat itself stops an operation. An Update keeps the value unless it is given.',
      DisableRollback:
        'Heat rolls a failure back only where this is false. An Update keeps the value unless it is given.',
      Tags: 'Tags of the stack, each of at most 80 characters and without a comma. Those of the bridge begin with `stackbridge:`.',
      Existing:
        'true: an Update keeps the template, environment, parameters and tags that it does not give (`openstack stack update --existing`).',
      ClearParameters: 'With `Existing`: parameters that go back to their defaults.',
    },
  },
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
  OnDeleteFailed: `${sharedDescriptions.onDeleteFailed} A second deletion often succeeds with Heat.`,
  SecretParameters:
    'Parameters whose values are masked everywhere. Those that an inline template hides (`hidden: true`, `NoEcho`), or an environment names in `encrypted_param_names`, are masked anyway; the bridge does not see a template at `TemplateURL`.',
}
