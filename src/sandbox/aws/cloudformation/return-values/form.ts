import type { ValuePattern } from '../../../value-pattern.ts'

/** What `Ref` and `Fn::GetAtt` give for one type. */
export interface ReturnValues {
  /** The property that names the resource. Without it, or where there is none, CloudFormation makes a name up. */
  readonly nameFrom?: string
  /** The physical id. `{name}` is the resource's name, `{name:lower}` the same in small letters. */
  readonly ref: ValuePattern
  /** `{ref}` is the physical id; `patternScope` in `resource-values.ts` has the other names. */
  readonly attributes?: Readonly<Record<string, ValuePattern>>
}

export const arn = (service: string, resource: string): string =>
  `arn:{partition}:${service}:{region}:{account}:${resource}`
export const globalArn = (service: string, resource: string): string =>
  `arn:{partition}:${service}::{account}:${resource}`
/** The beginning of the ARN of any secret. */
export const SECRET = arn('secretsmanager', 'secret')
/** A resource of EC2: its id has a prefix and 17 hexadecimal digits. */
export const ec2 = (
  prefix: string,
  idName: string,
  attributes: Readonly<Record<string, ValuePattern>> = {},
): ReturnValues => ({ ref: `${prefix}-{hex:17}`, attributes: { [idName]: '{ref}', ...attributes } })
