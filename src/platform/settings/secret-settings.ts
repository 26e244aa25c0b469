import * as v from 'valibot'
import { parseSecretReference } from '../secret-source/reference.ts'
import { define, isEndpoint, list, wholeNumber } from './definition.ts'

const endpoints = v.pipe(
  list,
  v.minLength(1),
  v.check((names) => names.every(isEndpoint)),
)

const id = v.pipe(v.string(), v.regex(/^[\w-]{0,64}$/))

/** Secrets that are read from KMS or OOS with the function's role, instead of from the environment. */
export const secretSettings = {
  secretReferences: define({
    name: 'STACKBRIDGE_SECRETS',
    default: '',
    meaning:
      "variables whose values are kept in KMS secrets or encrypted parameters of OOS, and read with the function's role when they are needed",
    rule: 'items of the form VARIABLE=kms:<secret> or VARIABLE=oos:<parameter>, each with or without #<field of a JSON object>, separated by commas; a variable may be any credential, STACKBRIDGE_CONTINUATION_KEY, STACKBRIDGE_BEARER_TOKEN, STACKBRIDGE_SIGN_KEY, STACKBRIDGE_TOPIC_TOKEN, STACKBRIDGE_METRICS_TOKEN or STACKBRIDGE_OPERATIONS_TOKEN, and stands there once',
    schema: v.pipe(
      list,
      v.check((items) => items.every((item) => parseSecretReference(item) !== undefined)),
      v.transform((items) => items.flatMap((item) => parseSecretReference(item) ?? [])),
      v.check((references) => new Set(references.map(({ variable }) => variable)).size === references.length),
    ),
  }),
  secretsMaxAgeSeconds: define({
    name: 'STACKBRIDGE_SECRETS_MAX_AGE_SECONDS',
    default: '300',
    meaning: 'how long a value of STACKBRIDGE_SECRETS is kept in memory before it is read again, in seconds',
    rule: 'a whole number from 0 to 86400',
    schema: wholeNumber(0, 86_400),
  }),
  kmsEndpoints: define({
    name: 'STACKBRIDGE_KMS_ENDPOINT',
    default: 'public,internal',
    meaning:
      "the endpoints of KMS, tried in this order; 'public' and 'internal' (in a VPC) are those of the function's region",
    rule: "'public', 'internal', an https URL, or several of these separated by commas",
    schema: endpoints,
  }),
  oosEndpoints: define({
    name: 'STACKBRIDGE_OOS_ENDPOINT',
    default: 'public,internal',
    meaning: 'the endpoints of OOS, as for KMS',
    rule: "'public', 'internal', an https URL, or several of these separated by commas",
    schema: endpoints,
  }),
  kmsInstanceId: define({
    name: 'STACKBRIDGE_KMS_INSTANCE_ID',
    default: '',
    meaning: 'the KMS instance of the secrets that StoredOutputs makes (DKMSInstanceId); empty: KMS chooses',
    rule: 'an id of letters, digits and hyphens, 64 at most',
    schema: id,
  }),
  kmsEncryptionKeyId: define({
    name: 'STACKBRIDGE_KMS_ENCRYPTION_KEY_ID',
    default: '',
    meaning:
      'the key of that instance that encrypts these secrets (EncryptionKeyId), a symmetric one; empty: KMS chooses',
    rule: 'an id of letters, digits and hyphens, 64 at most',
    schema: id,
  }),
} as const
