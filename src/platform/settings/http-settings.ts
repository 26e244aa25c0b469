import * as v from 'valibot'
import { define, hasSeparator, isPlainUrl, keys, list, wholeNumber } from './definition.ts'

/** https://www.npmjs.com/package/@alicloud/ros-cdk-ros, `HttpConfigProperty`. */
const LONGEST_SIGN_KEY = 128

/** `NEW;OLD` or `NEW OLD` would be one value, which no request has. */
function withoutSeparators<Schema extends v.GenericSchema<string, string[]>>(schema: Schema) {
  return v.pipe(
    schema,
    v.check((values) => !values.some(hasSeparator)),
  )
}

/** HTTP service tokens: the proof that ROS sent a request, and the limits of a request. */
export const httpSettings = {
  publicUrl: define({
    name: 'STACKBRIDGE_PUBLIC_URL',
    default: '',
    meaning: 'the URL of web: service tokens without its path; the signature of SignKey covers it',
    rule: 'an http or https URL without a path, for example https://bridge.example.com',
    schema: v.pipe(
      v.string(),
      v.check((url) => url === '' || isOrigin(url)),
      v.transform((url) => url.replace(/\/$/, '')),
    ),
  }),
  bearerTokens: define({
    name: 'STACKBRIDGE_BEARER_TOKEN',
    default: '',
    meaning:
      'the token that a request must have in its Authorization header; to replace it, set the new token, a comma and the old token',
    rule: 'a token of at least 16 characters without a comma, a semicolon or a space, or two such tokens separated by a comma',
    schema: withoutSeparators(keys()),
  }),
  signKeys: define({
    name: 'STACKBRIDGE_SIGN_KEY',
    default: '',
    meaning:
      'the SignKey of HttpConfig, with which ROS signs its requests; to replace it, set the new key, a comma and the old key',
    rule: 'a key of 16 to 128 characters without a comma, a semicolon or a space, or two such keys separated by a comma',
    schema: withoutSeparators(keys(LONGEST_SIGN_KEY)),
  }),
  signForm: define({
    name: 'STACKBRIDGE_SIGN_FORM',
    default: 'hmac,hex,spaced',
    meaning:
      "the parts of SignKey's signature that ROS does not document: how the key is used, how the MD5 is encoded, and how the JSON is spaced",
    rule: "three words separated by commas, in this order: 'hmac' or 'appended', 'hex' or 'base64', 'spaced' or 'compact'",
    schema: v.pipe(
      list,
      v.tuple([
        v.picklist(['hmac', 'appended']),
        v.picklist(['hex', 'base64']),
        v.picklist(['spaced', 'compact']),
      ]),
    ),
  }),
  signHeaders: define({
    name: 'STACKBRIDGE_SIGN_HEADERS',
    default: '',
    meaning:
      'the names of the headers in HttpConfig, in the same spelling; the signature of SignKey covers them',
    rule: 'header names separated by commas',
    schema: v.pipe(
      list,
      v.check((names) => names.every((name) => /^[\w-]+$/.test(name))),
    ),
  }),
  requestLimitBytes: define({
    name: 'STACKBRIDGE_REQUEST_LIMIT_BYTES',
    default: '2097152',
    meaning: 'the largest body of an HTTP request, in bytes; a larger one is refused with 413',
    rule: 'a whole number from 1024 to 33554432',
    schema: wholeNumber(1024, 33_554_432),
  }),
  maxConnections: define({
    name: 'STACKBRIDGE_MAX_CONNECTIONS',
    default: '1024',
    meaning: 'how many connections the HTTP server has at the same time; further ones are closed at once',
    rule: 'a whole number from 16 to 65535',
    schema: wholeNumber(16, 65_535),
  }),
  requestBufferBytes: define({
    name: 'STACKBRIDGE_REQUEST_BUFFER_BYTES',
    default: '16777216',
    meaning:
      'how many bytes of HTTP request bodies are in memory at the same time; further requests are refused with 503. A single request of the largest size always fits',
    rule: 'a whole number from 1048576 to 999999999',
    schema: wholeNumber(1_048_576, 999_999_999),
  }),
} as const

function isOrigin(text: string): boolean {
  return isPlainUrl(text) && [text, `${text}/`].includes(`${new URL(text).origin}/`)
}
