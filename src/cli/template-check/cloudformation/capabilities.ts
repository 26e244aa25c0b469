import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { asRosFunction } from '../../validate/ros-functions.ts'
import type { NeededCapability } from '../checked-template.ts'
import type { Resource } from '../sections.ts'
import { transformsOf } from './dialect.ts'

/**
 * Resource types that need an acknowledgement, and their property that gives a name of one's own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
}

/** The strongest one of each kind that a template needs. */
export function neededCapabilities(
  document: JsonObject,
  resources: readonly Resource[],
): readonly NeededCapability[] {
  const iam = resources.filter(({ type }) => Object.hasOwn(IAM_TYPES, type))
  const named = iam.filter(({ type, definition }) => isNamed(definition['Properties'], IAM_TYPES[type]))
  const strongest = named.find(isUnconditional) ?? named[0] ?? iam.find(isUnconditional) ?? iam[0]
  const [macro] = transformsOf(document)
  return [
    ...(strongest === undefined
      ? []
      : [
          {
            name: named.length > 0 ? ('CAPABILITY_NAMED_IAM' as const) : ('CAPABILITY_IAM' as const),
            because:
              named.length > 0
                ? `${strongest.name} (${strongest.type}) has a name of its own`
                : `it has ${strongest.name} (${strongest.type})`,
            isCertain: isUnconditional(strongest),
          },
        ]),
    ...(macro === undefined
      ? []
      : [
          {
            name: 'CAPABILITY_AUTO_EXPAND' as const,
            because: `it uses the transform ${macro}`,
            isCertain: true,
          },
        ]),
  ]
}

function isUnconditional({ definition }: Resource): boolean {
  return definition['Condition'] === undefined
}

/** A function may give no name. */
function isNamed(properties: JsonValue | undefined, name: string | undefined): boolean {
  if (name === undefined || properties === undefined || !isJsonObject(properties)) return false
  const value = properties[name]
  return value !== undefined && value !== null && asRosFunction(value)?.name !== 'Fn::If'
}
