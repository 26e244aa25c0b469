import * as ros from '@alicloud/ros-cdk-core'
import * as ecs from '@alicloud/ros-cdk-ecs'
import * as fc3 from '@alicloud/ros-cdk-fc3'
import * as oss from '@alicloud/ros-cdk-oss'
import * as ram from '@alicloud/ros-cdk-ram'
import * as customResource from '@alicloud/ros-cdk-ros'
import * as sls from '@alicloud/ros-cdk-sls'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Problem } from './ros-template.ts'

/**
 * ROS's resource types, as ROS's CDK defines them: the properties of each type, with their types and ranges, and the
 * attributes. https://github.com/aliyun/Resource-Orchestration-Service-Cloud-Development-Kit
 */

/** The CDK creates a folder for each App, and never removes it. */
const outdir = mkdtempSync(join(tmpdir(), 'stackbridge-cdk-'))
process.once('exit', () => {
  rmSync(outdir, { recursive: true, force: true })
})

type Constructor = new (
  scope: ros.Construct,
  id: string,
  props: unknown,
  enforcesConstraints: boolean,
) => ros.RosResource

const types = new Map<string, Constructor>(
  [ecs, fc3, oss, ram, customResource, sls].flatMap((module) =>
    Object.values(module).flatMap((exported: unknown): [string, Constructor][] =>
      isConstructor(exported) ? [[exported.ROS_RESOURCE_TYPE_NAME, exported]] : [],
    ),
  ),
)

function isConstructor(value: unknown): value is Constructor & { readonly ROS_RESOURCE_TYPE_NAME: string } {
  return typeof value === 'function' && 'ROS_RESOURCE_TYPE_NAME' in value
}

/**
 * A type whose CDK package npm's registry lacks, with the properties and attributes of its page.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-mns-queue
 */
const MNS_QUEUE = {
  type: 'ALIYUN::MNS::Queue',
  attributes: ['QueueUrl', 'ARN.WithSlash', 'QueueName'],
  properties: v.strictObject({
    QueueName: v.union([
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w-]{0,255}$/)),
      v.record(v.string(), v.unknown()),
    ]),
    DelaySeconds: v.optional(wholeWithin(0, 604_800)),
    MaximumMessageSize: v.optional(wholeWithin(1024, 65_536)),
    MessageRetentionPeriod: v.optional(wholeWithin(60, 604_800)),
    VisibilityTimeout: v.optional(wholeWithin(1, 43_200)),
    PollingWaitSeconds: v.optional(wholeWithin(0, 30)),
    LoggingEnabled: v.optional(v.boolean()),
  }),
}

function wholeWithin(min: number, max: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
}

function constructorOf(type: string): Constructor | undefined {
  return types.get(type.startsWith('Custom::') ? 'ALIYUN::ROS::CustomResource' : type)
}

/** The mistakes in the properties of a resource of this type; `undefined` for a type that the CDK packages lack. */
export function propertyProblems(type: string, properties: object): readonly Problem[] | undefined {
  if (type === MNS_QUEUE.type) return queueProblems(properties)
  const Type = constructorOf(type)
  if (Type === undefined) return undefined
  const resource = new Type(
    new ros.Stack(new ros.App({ outdir }), 'Stack'),
    'Resource',
    caseless(properties),
    true,
  )
  try {
    // The validators throw. The properties that they accept are rendered again, without unknown ones.
    const written: unknown = resource['renderProperties'](caseless(properties))
    return differences('', properties, written)
  } catch (error) {
    return [{ path: '', problem: error instanceof Error ? error.message : String(error) }]
  }
}

function queueProblems(properties: object): readonly Problem[] {
  const { issues = [] } = v.safeParse(MNS_QUEUE.properties, properties)
  return issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message }))
}

/** The attributes of a type for `Fn::GetAtt`; `undefined` if a function computes them, or for an unknown type. */
export function attributesOf(type: string): readonly string[] | undefined {
  if (type === MNS_QUEUE.type) return MNS_QUEUE.attributes
  const Type = constructorOf(type)
  if (Type === undefined || type.startsWith('Custom::') || type === 'ALIYUN::ROS::CustomResource')
    return undefined
  const stack = new ros.Stack(new ros.App({ outdir }), 'Stack')
  const resource = new Type(stack, 'Resource', {}, false)
  return Object.entries(resource)
    .filter(([name]) => name.startsWith('attr'))
    .map(([, token]) => String(stack.resolve(token)['Fn::GetAtt'][1]))
}

/**
 * The CDK names properties in camel case and renders them as the template spells them. This adapts the template's own maps: a
 * property is found by its letters in any case, and a map with free keys keeps them.
 */
function caseless(map: object): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(
    { ...map },
    {
      get(target, asked) {
        const own =
          typeof asked === 'string' && !Object.hasOwn(target, asked)
            ? Object.keys(target).find((key) => key.toLowerCase() === asked.toLowerCase())
            : undefined
        return caselessIn(Reflect.get(target, own ?? asked))
      },
    },
  )
}

function caselessIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(caselessIn)
  return typeof value === 'object' && value !== null ? caseless(value) : value
}

/** Parts of the template that are missing or different after rendering. */
function differences(path: string, written: unknown, back: unknown): readonly Problem[] {
  if (typeof written !== 'object' || written === null)
    return Object.is(written, back) ? [] : [{ path, problem: `is read as ${JSON.stringify(back)}` }]
  if (typeof back !== 'object' || back === null) return [{ path, problem: 'is no property of this type' }]
  const read = new Map(Object.entries(back))
  return Object.entries(written).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    return read.get(key) === undefined
      ? [{ path: at, problem: 'is no property of this type' }]
      : differences(at, value, read.get(key))
  })
}
