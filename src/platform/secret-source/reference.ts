/** Where the value of a variable of the environment is kept instead of in the environment. */
export interface SecretReference {
  readonly variable: string
  /** `kms`: a secret of KMS. `oos`: an encrypted parameter of OOS. */
  readonly source: 'kms' | 'oos'
  readonly name: string
  /** The field of a value that is a JSON object; absent: the whole value. */
  readonly field?: string
}

/** The settings that may be references. The others say how the bridge runs, and are read before any call. */
const OWN_VARIABLES: readonly string[] = [
  'STACKBRIDGE_CONTINUATION_KEY',
  'STACKBRIDGE_BEARER_TOKEN',
  'STACKBRIDGE_SIGN_KEY',
  'STACKBRIDGE_TOPIC_TOKEN',
  'STACKBRIDGE_METRICS_TOKEN',
  'STACKBRIDGE_OPERATIONS_TOKEN',
]

/** With these the process reaches KMS and OOS, or runs at all. */
const NEVER =
  /^(?:ALIBABA_CLOUD_|FC_|NODE_|OS_CLOUD$|OS_CLIENT_|(?:HTTPS?|NO|https?|no)_(?:PROXY|proxy)$|PATH$)/

/** https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-createsecret */
const KMS = /^kms:([\w/+=.@-]{1,192})(?:#([\w.-]{1,64}))?$/
/** https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-getsecretparameter */
const OOS = /^oos:([\w/-]{1,200})(?:#([\w.-]{1,64}))?$/

/** Parses `AWS_SECRET_ACCESS_KEY=kms:aws#secret` or `OS_PASSWORD=oos:openstack`; `undefined` for other texts. */
export function parseSecretReference(text: string): SecretReference | undefined {
  const [, variable = '', place = ''] = /^([A-Z][A-Z0-9_]{0,127})=(.+)$/.exec(text) ?? []
  if (NEVER.test(variable) || (variable.startsWith('STACKBRIDGE_') && !OWN_VARIABLES.includes(variable)))
    return undefined
  for (const [source, form] of [['kms', KMS] as const, ['oos', OOS] as const]) {
    const [, name, field] = form.exec(place) ?? []
    if (name !== undefined) return { variable, source, name, ...(field === undefined ? {} : { field }) }
  }
  return undefined
}

/** Whether the reference is that of a setting of the bridge. */
export function isOfSetting({ variable }: SecretReference): boolean {
  return OWN_VARIABLES.includes(variable)
}
