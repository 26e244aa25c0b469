import { asText } from '../../../platform/json.ts'
import { validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import type { StackRegistry } from './stack-registry.ts'
import { capabilitiesOf, templateBody } from './stack-request.ts'
import { parseTemplate } from './template.ts'

/**
 * The template of a call or of a stack, in short. Fields and texts are AWS's: LocalStack's
 * tests/aws/services/cloudformation/api/test_templates.snapshot.json.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html
 */
export function templateSummary(
  request: QueryRequest,
  registry: StackRegistry,
  templateAt: (url: string) => string | undefined,
): XmlValue {
  const name = request.text('StackName')
  const stack = name === undefined ? undefined : registry.existing(name)
  if (stack?.status === 'REVIEW_IN_PROGRESS')
    throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.')
  const body = stack?.design.body ?? templateBody(request, templateAt, undefined)
  const template = parseTemplate(body)
  const types = [...new Set([...template.resources.values()].map(({ type }) => type))]
  const capabilities = [...new Set(capabilitiesOf(template))]
  return {
    Parameters: [...template.parameters].map(([ParameterKey, parameter]) => ({
      ParameterKey,
      DefaultValue: parameter.defaultValue,
      ParameterType: parameter.type,
      NoEcho: parameter.noEcho,
      ParameterConstraints: { AllowedValues: parameter.allowedValues },
    })),
    ...(capabilities.length === 0
      ? {}
      : {
          Capabilities: capabilities,
          CapabilitiesReason: `The following resource(s) require capabilities: [${types
            .filter((type) => type.startsWith('AWS::IAM::'))
            .join(', ')}]`,
        }),
    ResourceTypes: types,
    Version: template.version === undefined ? undefined : asText(template.version),
    ResourceIdentifierSummaries: types.map((type) => ({
      ResourceType: type,
      LogicalResourceIds: [...template.resources].flatMap(([logicalId, resource]) =>
        resource.type === type ? [logicalId] : [],
      ),
    })),
  }
}
