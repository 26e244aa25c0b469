import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { flag, integer, map, text } from '../../properties/property-schema.ts'
import { LONGEST_TAG, TAG_PREFIX } from './marks.ts'
import { STACK_NAME } from './stack-name.ts'

/**
 * The properties of `Custom::HeatStack`: the single source of their validation, their types and their JSON Schema.
 * `Auth` and the properties beside it have the names of `clouds.yaml`, `Stack` those of Heat's request, both in Pascal
 * case:
 * https://docs.openstack.org/python-openstackclient/latest/configuration/
 * https://docs.openstack.org/api-ref/orchestration/v1/#create-stack
 */

const auth = v.strictObject({
  ...v.entriesFromList(
    [
      'AuthUrl',
      'Username',
      'UserId',
      'Password',
      'UserDomainName',
      'UserDomainId',
      'ProjectName',
      'ProjectId',
      'ProjectDomainName',
      'ProjectDomainId',
      'Token',
      'ApplicationCredentialId',
      'ApplicationCredentialName',
      'ApplicationCredentialSecret',
    ],
    v.optional(text),
  ),
})

const pem = v.pipe(text, v.regex(/-----BEGIN CERTIFICATE-----/, 'must be certificates as PEM text'))

const connection = {
  Auth: v.optional(auth),
  AuthType: v.optional(v.picklist(['password', 'v3password', 'token', 'v3token', 'v3applicationcredential'])),
  RegionName: v.optional(text),
  Interface: v.optional(v.picklist(['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL'])),
  Endpoint: v.optional(text),
  CACert: v.optional(pem),
  Insecure: v.optional(flag),
}

const stackName = v.pipe(
  text,
  v.regex(
    STACK_NAME,
    'must begin with a letter and hold only letters, digits and characters of _.-, 255 at most',
  ),
)

const tag = v.pipe(
  text,
  v.maxLength(LONGEST_TAG, `must be at most ${String(LONGEST_TAG)} characters long`),
  v.regex(/^[^,]*$/, 'must not hold a comma: Heat parts tags by it'),
  v.check((given) => !given.startsWith(TAG_PREFIX), `must not begin with ${TAG_PREFIX}: it marks the owner`),
)

const document = v.union([text, map], 'must be a string or a map')

const stack = v.strictObject({
  Name: v.optional(stackName),
  Template: v.optional(document),
  TemplateURL: v.optional(text),
  Parameters: v.optional(v.record(text, v.unknown(), 'must be a map of parameter to value')),
  Environment: v.optional(document),
  Files: v.optional(v.record(text, document, 'must be a map of file name to content')),
  EnvironmentFiles: v.optional(v.array(text)),
  TimeoutMins: v.optional(integer(1, 525_600)),
  DisableRollback: v.optional(flag),
  Tags: v.optional(v.array(tag, 'must be a list of tags')),
  /** An Update keeps the values that it does not give: the template, the environment, the parameters. */
  Existing: v.optional(flag),
  ClearParameters: v.optional(v.array(text)),
})

const onDeleteFailed = v.array(v.picklist(['retry']))

const checkedStack = v.pipe(
  stack,
  v.forward(
    v.check(
      (given) => given.Template === undefined || given.TemplateURL === undefined,
      'must not be given together with Template',
    ),
    ['TemplateURL'],
  ),
  v.forward(
    v.check(
      (given) => given.ClearParameters === undefined || given.Existing === true,
      'must be given together with Existing: true; without it no parameter keeps its value',
    ),
    ['ClearParameters'],
  ),
  v.forward(
    v.check(
      (given) => (given.EnvironmentFiles ?? []).every((name) => Object.hasOwn(given.Files ?? {}, name)),
      'must name files whose content is given in Stack.Files',
    ),
    ['EnvironmentFiles'],
  ),
)

export const properties = v.strictObject({
  ...bridgeEntries,
  ...connection,
  Stack: checkedStack,
  OnDeleteFailed: v.optional(onDeleteFailed),
  SecretParameters: v.optional(v.array(text)),
})

export type HeatProperties = v.InferOutput<typeof properties>
export type StackProperties = HeatProperties['Stack']

/**
 * The properties that a Delete needs: where the stack is. All others may be invalid or missing, since the stack must be
 * deleted all the same.
 */
export const heatDeleteProperties = v.object({
  ...connection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  OnDeleteFailed: v.fallback(v.optional(onDeleteFailed), undefined),
  Stack: v.fallback(v.object({ Name: v.fallback(v.optional(stackName), undefined) }), {}),
})

export type Connection = Pick<
  HeatProperties,
  'Auth' | 'AuthType' | 'RegionName' | 'Interface' | 'Endpoint' | 'CACert' | 'Insecure'
>
export type Auth = NonNullable<Connection['Auth']>

export type HeatDeleteProperties = v.InferOutput<typeof heatDeleteProperties>
