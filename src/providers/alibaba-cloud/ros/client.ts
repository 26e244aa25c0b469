import * as v from 'valibot'
import { CloudError, type Surroundings } from '../../provider.ts'
import { wholeList } from '../../http/whole-list.ts'
import { isMissing, toCloudError } from './cloud-error.ts'
import type { Identity } from './credentials.ts'
import { defaultEndpoint } from './endpoints.ts'
import type { Tag } from './marks.ts'
import {
  callRpc,
  type RpcAnswer,
  type RpcApi,
  type RpcCall,
  type RpcParameters,
  type ServiceFailure,
} from './rpc.ts'

const text = v.optional(v.nullable(v.string()))
/** Strict: a list that is not read whole would hide the owner's mark. */
const tagsSchema = v.nullish(v.array(v.object({ Key: v.string(), Value: v.nullish(v.string(), '') })), [])

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack */
const stackSchema = v.object({
  StackId: v.string(),
  StackName: v.string(),
  Status: v.string(),
  StatusReason: text,
  CreateTime: text,
  UpdateTime: text,
  DisableRollback: v.optional(v.nullable(v.boolean())),
  DeletionProtection: text,
  RootStackId: text,
  RollbackFailedRootReason: text,
  OperationInfo: v.fallback(
    v.optional(
      v.object({ Action: text, Code: text, Message: text, LogicalResourceId: text, ResourceType: text }),
    ),
    undefined,
  ),
  Tags: tagsSchema,
  Outputs: v.fallback(
    v.optional(v.array(v.object({ OutputKey: v.string(), OutputValue: v.optional(v.unknown(), null) }))),
    undefined,
  ),
})

export type RosStack = v.InferOutput<typeof stackSchema>

const summarySchema = v.object({
  StackId: v.string(),
  StackName: v.string(),
  Status: v.string(),
  Tags: tagsSchema,
})

export type StackSummary = v.InferOutput<typeof summarySchema>

const eventSchema = v.object({
  EventId: v.string(),
  CreateTime: v.optional(v.string(), ''),
  LogicalResourceId: text,
  PhysicalResourceId: text,
  ResourceType: text,
  Status: text,
  StatusReason: text,
})

export type RosEvent = v.InferOutput<typeof eventSchema>

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack */
const previewedSchema = v.object({
  LogicalResourceId: v.string(),
  ResourceType: v.optional(v.string(), '?'),
  Action: text,
  PhysicalResourceId: text,
  Replacement: text,
})

export type PreviewedResource = v.InferOutput<typeof previewedSchema>

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackresourcedrifts */
const driftSchema = v.object({
  LogicalResourceId: v.string(),
  ResourceType: v.optional(v.string(), '?'),
  PhysicalResourceId: text,
  ResourceDriftStatus: text,
  PropertyDifferences: v.nullish(v.array(v.object({ PropertyPath: text })), []),
})

export type ResourceDrift = v.InferOutput<typeof driftSchema>

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstackdriftdetectionstatus */
const detectionSchema = v.object({ DriftDetectionStatus: v.string(), DriftDetectionStatusReason: text })

export type DriftDetection = v.InferOutput<typeof detectionSchema>

const resourceSchema = v.object({
  LogicalResourceId: v.string(),
  ResourceType: v.optional(v.string(), '?'),
  PhysicalResourceId: v.nullish(v.string(), ''),
  Status: text,
  ResourceDriftStatus: text,
})

export type RosResource = v.InferOutput<typeof resourceSchema>

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

const regionsSchema = v.object({
  Regions: v.array(
    v.object({
      RegionId: v.string(),
      LocalName: v.optional(v.string(), ''),
      RegionEndpoint: v.optional(v.string(), ''),
    }),
  ),
})

export type Region = v.InferOutput<typeof regionsSchema>['Regions'][number]

export const LARGEST_PAGE = 50
const VERSION = '2019-09-10'

export interface RosClientOptions {
  readonly identity: Identity
  readonly endpoint: string | undefined
  readonly region: string
  readonly surroundings: Pick<Surroundings, 'network' | 'clock' | 'random' | 'secrets' | 'environment'>
}

/**
 * ROS's API, the part that the provider needs. Makes each call once and checks its answer. Expected errors are returned
 * as answers; all others are thrown as `CloudError`.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-overview
 */
export class RosClient {
  readonly #options: RosClientOptions
  readonly #api: RpcApi

  constructor(options: RosClientOptions) {
    this.#options = options
    this.#api = {
      name: 'ROS',
      endpoint: options.endpoint ?? defaultEndpoint('ROS', options.surroundings.environment),
      version: VERSION,
    }
  }

  /** The same client in another region. */
  inRegion(region: string): RosClient {
    return new RosClient({ ...this.#options, region })
  }

  /** `undefined` where the stack does not exist. Outputs cost ROS some work, so they are read only on request. */
  async stack(StackId: string, { outputs }: { readonly outputs: boolean }): Promise<RosStack | undefined> {
    const action = 'GetStack'
    const OutputOption = outputs ? 'Enabled' : 'Disabled'
    const answer = await this.#ask({ action, parameters: { StackId, OutputOption, LogOption: 'None' } })
    if (!answer.ok && isMissing(answer.failure)) return undefined
    return this.#result(answer, action, stackSchema)
  }

  /**
   * The first stack of this name that is wanted; ROS lists deleted ones, too. Throws a `CloudError` where there are too many to
   * know.
   */
  async stackNamed(
    name: string,
    isWanted: (stack: StackSummary) => boolean,
    filter: { readonly Status?: readonly string[]; readonly Tag?: readonly Tag[] } = {},
  ): Promise<StackSummary | undefined> {
    const schema = v.object({ Stacks: v.optional(v.array(summarySchema), []), TotalCount: v.number() })
    const [found] = await wholeList(
      `ROS ListStacks of the name ${name}`,
      MOST_PAGES,
      async (number = '1') => {
        const page = { PageNumber: number, PageSize: LARGEST_PAGE }
        const parameters = { StackName: [name], ...filterParameters(filter), ...page }
        const { Stacks, TotalCount } = await this.read('ListStacks', parameters, schema)
        const wanted = Stacks.filter((stack) => stack.StackName === name && isWanted(stack))
        const isLast = wanted.length > 0 || Number(number) * LARGEST_PAGE >= TotalCount
        return { items: wanted, next: isLast ? undefined : String(Number(number) + 1) }
      },
    )
    return found
  }

  /** Empty for a stack that does not exist. */
  async events(StackId: string, page: number, pageSize: number): Promise<Page<RosEvent>> {
    const action = 'ListStackEvents'
    const parameters = { StackId, PageNumber: page, PageSize: pageSize }
    const answer = await this.#ask({ action, parameters })
    if (!answer.ok && isMissing(answer.failure)) return { items: [], total: 0 }
    const schema = v.object({ Events: v.optional(v.array(eventSchema), []), TotalCount: v.number() })
    const { Events, TotalCount } = this.#result(answer, action, schema)
    return { items: Events, total: TotalCount }
  }

  /** Logical ids of the resources that are in this status. */
  async resourcesIn(StackId: string, status: string): Promise<string[]> {
    const resources = (await this.resources(StackId)) ?? []
    return resources
      .filter(({ Status }) => Status === status)
      .map(({ LogicalResourceId }) => LogicalResourceId)
  }

  /** `undefined` where the stack does not exist. */
  async resources(StackId: string): Promise<readonly RosResource[] | undefined> {
    const action = 'ListStackResources'
    const answer = await this.#ask({ action, parameters: { StackId } })
    if (!answer.ok && isMissing(answer.failure)) return undefined
    const schema = v.object({ Resources: v.optional(v.array(resourceSchema), []) })
    return this.#result(answer, action, schema).Resources
  }

  /** Begins a detection of drift. `undefined` where the stack does not exist. */
  async detectDrift(StackId: string): Promise<{ readonly id: string } | undefined> {
    const action = 'DetectStackDrift'
    const answer = await this.#ask({ action, parameters: { StackId } })
    if (!answer.ok && isMissing(answer.failure)) return undefined
    return { id: this.#result(answer, action, v.object({ DriftDetectionId: v.string() })).DriftDetectionId }
  }

  async driftDetection(DriftDetectionId: string): Promise<DriftDetection> {
    return this.read('GetStackDriftDetectionStatus', { DriftDetectionId }, detectionSchema)
  }

  /** The resources that have drifted, by the last detection. `undefined` where the stack does not exist. */
  async drifts(StackId: string): Promise<readonly ResourceDrift[] | undefined> {
    const action = 'ListStackResourceDrifts'
    const schema = v.object({ ResourceDrifts: v.optional(v.array(driftSchema), []), NextToken: text })
    return wholeList(`ROS ${action}`, MOST_DRIFT_PAGES, async (NextToken) => {
      const parameters = {
        StackId,
        ResourceDriftStatus: ['MODIFIED', 'DELETED'],
        MaxResults: LARGEST_DRIFT_PAGE,
        NextToken,
      }
      const answer = await this.#ask({ action, parameters })
      if (!answer.ok && isMissing(answer.failure)) return undefined
      const page = this.#result(answer, action, schema)
      return { items: page.ResourceDrifts, next: page.NextToken }
    })
  }

  /** What a creation or an update would do to each resource. Changes nothing. */
  async preview({ action, ...call }: RpcCall): Promise<readonly PreviewedResource[]> {
    const schema = v.object({ Stack: v.object({ Resources: v.optional(v.array(previewedSchema), []) }) })
    return this.#result(await this.#ask({ action, ...call }), action, schema).Stack.Resources
  }

  async regions(): Promise<readonly Region[]> {
    return (await this.read('DescribeRegions', { AcceptLanguage: 'en-US' }, regionsSchema)).Regions
  }

  async setDeletionProtection(StackId: string, DeletionProtection: 'Enabled' | 'Disabled'): Promise<void> {
    await this.read('SetDeletionProtection', { StackId, DeletionProtection }, v.object({}))
  }

  /** Adds to the stack's tags. ROS does not hand these on to the resources. */
  async tag(StackId: string, tags: readonly Tag[]): Promise<void> {
    const Tag = tags.map(({ Key, Value }) => ({ Key, Value }))
    await this.read('TagResources', { ResourceType: 'stack', ResourceId: [StackId], Tag }, v.object({}))
  }

  /** Returns the new stack's id, or ROS's refusal. */
  async create(call: RpcCall): Promise<{ readonly StackId: string } | { readonly refusal: ServiceFailure }> {
    const answer = await this.#ask(call)
    return answer.ok
      ? this.#result(answer, call.action, v.object({ StackId: v.string() }))
      : { refusal: answer.failure }
  }

  /** Returns ROS's refusal; `undefined`: accepted. */
  async act(call: RpcCall): Promise<ServiceFailure | undefined> {
    const answer = await this.#ask(call)
    return answer.ok ? undefined : answer.failure
  }

  error(failure: ServiceFailure, action: string): CloudError {
    return toCloudError(failure, `ROS ${action}`, this.#options.surroundings.secrets)
  }

  /** One call that reads. Throws a `CloudError` where ROS refuses it. */
  async read<Schema extends v.GenericSchema>(
    action: string,
    parameters: RpcParameters,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>> {
    return this.#result(await this.#ask({ action, parameters }), action, schema)
  }

  async #ask(call: RpcCall): Promise<RpcAnswer> {
    const { identity, region, surroundings } = this.#options
    const parameters = { ...call.parameters, RegionId: region }
    const ask = async () =>
      callRpc(surroundings, this.#api, await identity.credentials(), { ...call, parameters })
    const answer = await ask()
    return !answer.ok && identity.dropsRefused(answer.failure) ? ask() : answer
  }

  #result<Schema extends v.GenericSchema>(
    answer: RpcAnswer,
    action: string,
    schema: Schema,
  ): v.InferOutput<Schema> {
    if (!answer.ok) throw this.error(answer.failure, action)
    const parsed = v.safeParse(schema, answer.result)
    if (parsed.success) return parsed.output
    throw new CloudError(
      'unavailable',
      `The answer to ROS ${action} does not have the form of an answer of ROS: check Endpoint`,
      { unreadable: true },
    )
  }
}

/** ROS's documents name 50 as an example of MaxResults, and no limit. */
const LARGEST_DRIFT_PAGE = 50
const MOST_DRIFT_PAGES = 100
/** The most pages that are read of the stacks of one name: 5,000 stacks, nearly all of them deleted. */
const MOST_PAGES = 100

function filterParameters({
  Status,
  Tag,
}: {
  Status?: readonly string[]
  Tag?: readonly Tag[]
}): RpcParameters {
  return { Status, Tag: Tag?.map(({ Key, Value }) => ({ Key, Value })) }
}
