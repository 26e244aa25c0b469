import * as v from 'valibot'
import type { PropertyProblem } from '../../src/providers/properties/property-problem.ts'
import { problemsOf } from '../../src/providers/properties/property-schema.ts'

/**
 * The properties of a function that the component fc3 of Serverless Devs accepts, as far as this project uses them. Unlike
 * fc3's published schema it refuses unknown properties, which fc3 would silently ignore.
 * https://github.com/devsapp/fc3/blob/master/src/schema.json
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/product-overview/limits-of-usage
 */

const text = v.pipe(v.string(), v.nonEmpty())
const within = (min: number, max: number) => {
  const rule = `must be from ${String(min)} to ${String(max)}`
  return v.pipe(v.number(), v.minValue(min, rule), v.maxValue(max, rule))
}
const wholeWithin = (min: number, max: number) =>
  v.pipe(within(min, max), v.integer('must be a whole number'))
const functionArn = v.pipe(
  text,
  v.regex(/^acs:fc:[a-z0-9-]+:\d{16}:functions\/[\w-]+$/, 'must be the ARN of a function'),
)
const destination = v.optional(v.strictObject({ destination: functionArn }))

const layerArn = v.pipe(
  text,
  v.regex(/^acs:fc:[a-z0-9-]+:official:layers\/\w+\/versions\/\d+$/, 'must be the ARN of an official layer'),
)

const properties = v.strictObject({
  region: v.pipe(text, v.regex(/^[a-z]{2}-[a-z]+(-\d)?$/, 'must be a region, such as cn-hangzhou')),
  functionName: v.pipe(
    text,
    v.regex(/^[A-Za-z_][\w-]{0,63}$/, 'must be 64 letters, digits, - and _ at most'),
  ),
  description: v.optional(v.pipe(text, v.maxLength(256, 'must be at most 256 characters long'))),
  runtime: v.picklist(['custom.debian11', 'custom.debian12', 'nodejs20']),
  layers: v.optional(v.pipe(v.array(layerArn), v.minLength(1))),
  customRuntimeConfig: v.optional(
    v.strictObject({
      command: v.pipe(v.array(text), v.minLength(1)),
      args: v.optional(v.array(text)),
      port: wholeWithin(1, 65_535),
    }),
  ),
  handler: v.pipe(text, v.regex(/^[\w-]+\.handler$/, 'must be FILE.handler')),
  code: v.pipe(text, v.endsWith('.zip', 'must be a zip')),
  cpu: within(0.05, 16),
  memorySize: v.pipe(wholeWithin(128, 32_768), v.multipleOf(64, 'must be a multiple of 64')),
  diskSize: v.picklist([512, 10_240]),
  timeout: wholeWithin(1, 86_400),
  role: v.pipe(text, v.regex(/^acs:ram::\d{16}:role\/[\w.-]+$/, 'must be the ARN of a role')),
  logConfig: v.strictObject({
    project: v.pipe(text, v.regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be the name of a log project')),
    logstore: v.pipe(text, v.regex(/^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/, 'must be the name of a logstore')),
    enableRequestMetrics: v.optional(v.boolean()),
    enableInstanceMetrics: v.optional(v.boolean()),
    logBeginRule: v.optional(v.picklist(['None', 'DefaultRegex'])),
  }),
  environmentVariables: v.record(
    v.pipe(
      text,
      v.check((name) => !name.startsWith('FC_'), 'must not begin with FC_: reserved'),
    ),
    v.string(),
  ),
  internetAccess: v.boolean(),
  vpcConfig: v.optional(
    v.strictObject({ vpcId: text, vSwitchIds: v.pipe(v.array(text), v.minLength(1)), securityGroupId: text }),
  ),
  triggers: v.optional(
    v.array(
      v.strictObject({
        triggerName: text,
        triggerType: v.picklist(['eventbridge']),
        triggerConfig: v.strictObject({
          triggerEnable: v.boolean(),
          asyncInvocationType: v.boolean(),
          eventRuleFilterPattern: text,
          eventSourceConfig: v.strictObject({
            eventSourceType: v.literal('MNS'),
            eventSourceParameters: v.strictObject({
              sourceMNSParameters: v.strictObject({
                RegionId: text,
                QueueName: text,
                IsBase64Decode: v.boolean(),
              }),
            }),
          }),
        }),
      }),
    ),
  ),
  asyncInvokeConfig: v.strictObject({
    maxAsyncRetryAttempts: v.optional(wholeWithin(0, 8)),
    // The component accepts 2,592,000; ROS and the API's documents allow 604,800.
    maxAsyncEventAgeInSeconds: v.optional(wholeWithin(1, 604_800)),
    asyncTask: v.optional(v.boolean()),
    destinationConfig: v.optional(v.strictObject({ onSuccess: destination, onFailure: destination })),
  }),
})

/** Function Compute starts a custom runtime by its command; a built-in runtime uses neither a command nor another Node. */
const fc3Function = v.pipe(
  properties,
  v.forward(
    v.check(
      ({ runtime, layers, customRuntimeConfig }) =>
        [layers, customRuntimeConfig].every((one) => (one !== undefined) === runtime.startsWith('custom.')),
      'must be there, with layers, for a custom runtime and for no other',
    ),
    ['customRuntimeConfig'],
  ),
)

/** The mistakes in the properties of a function, each with its place. */
export function fc3Problems(props: unknown): readonly PropertyProblem[] {
  const parsed = v.safeParse(fc3Function, props)
  return parsed.success ? [] : problemsOf(parsed.issues, fc3Function)
}
