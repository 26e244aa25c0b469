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
    'When the time is over: leave (default) the stack as it is. AOS cannot cancel a lifecycle, so that cancel leaves it, too, and delete can only be refused.',
  Stack: {
    description: "The stack, as in AOS's own API.",
    properties: {
      Name: sharedDescriptions.stackName,
      Description: 'A text about the stack.',
      TemplateId: "The uploaded template's id.",
      InputsJson: "The template's inputs, input to value. An Update changes these, and nothing else.",
      Force: 'As in the API.',
      Labels: 'A map of label to value. Those of the bridge begin with stackbridge_ and mark the owner.',
      Namespace: "Where CCE's applications go.",
      ClusterId: "Where CCE's resources go.",
      ActionParameters: {
        description: "How AOS runs the stack's lifecycle.",
        properties: {
          FailureStrategy:
            "DoNothing (AOS's default), or Rollback: uninstalls what a creation could not finish.",
          AutoCreate: 'With false the stack is only registered, and can be deleted but not updated.',
          Timeout: "Minutes for the lifecycle, 1440 at most; AOS's default is 60.",
        },
      },
    },
  },
  OwnerLabels: 'Whether the bridge marks the stack as its own by labels; true unless it is given.',
  OnDeleteFailed: sharedDescriptions.onDeleteFailed,
  SecretParameters: 'Inputs whose values are masked everywhere.',
}
