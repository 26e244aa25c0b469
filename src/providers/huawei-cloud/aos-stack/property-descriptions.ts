import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import {
  bridgeDescriptions,
  sharedDescriptions,
  type DescriptionsOf,
} from '../../properties/property-descriptions.ts'
import type { AosStackProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<AosStackProperties> = {
  ...bridgeDescriptions,
  ...huaweiConnectionDescriptions,
  OnTimeout:
    'What the bridge does when `Timeout` is over. `leave` (default): it leaves the stack as it is. AOS cannot cancel a lifecycle: `cancel` leaves the stack too, and says so. AOS refuses `delete` while the lifecycle runs.',
  Stack: {
    description: "The stack, as in AOS's own API.",
    properties: {
      Name: `${sharedDescriptions.stackName} At most 63 lowercase letters, digits and \`-\`; the first and the last one is no \`-\`.`,
      Description: 'A text about the stack.',
      TemplateId: "The uploaded template's id.",
      InputsJson: "A map of the template's inputs. An Update changes these, and nothing else.",
      Force: 'For the creation, as in the API.',
      Labels:
        'A map of label to value, of at most 64 letters, digits, `_`, `-` and `.`; the first one is neither `-` nor `.`. Those of the bridge begin with `stackbridge_`.',
      Namespace: "Where CCE's applications go.",
      ClusterId: "Where CCE's resources go.",
      ActionParameters: {
        description: "How AOS runs the stack's lifecycle.",
        properties: {
          FailureStrategy:
            "For the creation. `DoNothing` is AOS's default. `Rollback`: AOS uninstalls what it could not create.",
          AutoCreate:
            'Without it, true. false: the stack is only registered, and the Create succeeds with that. Such a stack can be deleted, not updated.',
          Timeout: "Minutes for the lifecycle; AOS's default is 60.",
        },
      },
    },
  },
  OwnerLabels:
    'Without it, true: the bridge marks the stack as owned by labels, `stackbridge_owner` and others. false: the request has only what the properties give.',
  OnDeleteFailed: `${sharedDescriptions.onDeleteFailed} \`force\` is the parameter of that name in AOS's API.`,
  SecretParameters: 'Inputs whose values are masked everywhere.',
}
