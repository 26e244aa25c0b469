import { StaleReads } from '../../stale-reads.ts'
import { validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import {
  describeEvent,
  describeResource,
  describeStack,
  driftInformation,
  stackDriftInformation,
} from './stack-description.ts'
import { isDeleted, type StackRegistry } from './stack-registry.ts'
import type { SandboxResource, SandboxStack } from './stack.ts'
import { templateSummary } from './template-summary.ts'
import { validatedTemplate } from './stack-request.ts'

const IMPORTS_PER_PAGE = 100
const MISSING = Symbol('a stack that reads do not show yet')

/** The actions that only read. AWS's API reference documents each under its name. */
export class ReadActions {
  readonly actions: ReadonlyMap<string, (request: QueryRequest) => XmlValue>
  readonly #registry: StackRegistry
  readonly #eventsPerPage: number
  readonly #importersOf: (exportName: string) => readonly string[]
  readonly #stale = new StaleReads<XmlValue | typeof MISSING>()

  constructor(
    registry: StackRegistry,
    templateAt: (url: string) => string | undefined,
    eventsPerPage: number,
    importersOf: (exportName: string) => readonly string[],
  ) {
    this.#registry = registry
    this.#importersOf = importersOf
    this.#eventsPerPage = eventsPerPage
    this.actions = new Map([
      ['DescribeStacks', (request) => this.#describeStacks(request)],
      ['DescribeStackEvents', (request) => this.#describeStackEvents(request)],
      ['ListStackResources', (request) => this.#listStackResources(request)],
      ['DescribeStackResources', (request) => this.#describeStackResources(request)],
      ['DescribeStackResource', (request) => this.#describeStackResource(request)],
      ['ListStacks', (request) => this.#listStacks(request)],
      ['ListExports', () => this.#listExports()],
      ['ListImports', (request) => this.#listImports(request)],
      ['GetTemplate', (request) => this.#getTemplate(request)],
      ['GetTemplateSummary', (request) => templateSummary(request, registry, templateAt)],
      ['ValidateTemplate', (request) => validatedTemplate(request, templateAt)],
    ])
  }

  /** The next `reads` reads show the stack as it is now. */
  holdRead(stack: SandboxStack, reads: number): void {
    this.#stale.hold(stack.id, reads, describeStack(stack))
  }

  /** The next `reads` reads do not find the stack. */
  hide(stack: SandboxStack, reads: number): void {
    this.#stale.hold(stack.id, reads, MISSING)
  }

  #describeStacks(request: QueryRequest): XmlValue {
    const name = request.text('StackName')
    const shown =
      name === undefined
        ? [...this.#registry.stacks.values()].filter((stack) => !isDeleted(stack))
        : [this.#registry.existing(name)]
    return {
      Stacks: shown.map((stack) => {
        const stale = this.#stale.take(stack.id)
        if (stale === MISSING) throw validationError(`Stack with id ${name ?? stack.name} does not exist`)
        return stale ?? describeStack(stack)
      }),
    }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
  #describeStackEvents(request: QueryRequest): XmlValue {
    const name = request.required('StackName')
    const stack = this.#registry.find(name)
    // The text is AWS's: LocalStack's tests/aws/services/cloudformation/api/test_stacks.snapshot.json.
    if (stack === undefined) throw validationError(`Stack [${name}] does not exist`)
    const from = Number(request.text('NextToken') ?? '0')
    const newestFirst = [...stack.events].reverse()
    const until = from + this.#eventsPerPage
    return {
      StackEvents: newestFirst.slice(from, until).map(describeEvent),
      NextToken: until < newestFirst.length ? String(until) : undefined,
    }
  }

  #listStackResources(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    return {
      StackResourceSummaries: [...stack.resources.values()].map((resource) => ({
        LogicalResourceId: resource.logicalId,
        PhysicalResourceId: resource.physicalId,
        ResourceType: resource.type,
        ResourceStatus: resource.status,
        ResourceStatusReason: resource.statusReason,
        LastUpdatedTimestamp: new Date(resource.changedAt),
        DriftInformation: driftInformation(stack, resource),
      })),
    }
  }

  #describeStackResources(request: QueryRequest): XmlValue {
    const name = request.text('StackName')
    const physicalId = request.text('PhysicalResourceId')
    const logicalId = request.text('LogicalResourceId')
    if ((name === undefined) === (physicalId === undefined))
      throw validationError('Either StackName or PhysicalResourceId must be specified.')
    const stack = name === undefined ? this.#stackWith(physicalId ?? '') : this.#registry.existing(name)
    const shown = [...stack.resources.values()].filter(
      (resource) =>
        (logicalId === undefined || resource.logicalId === logicalId) &&
        (physicalId === undefined || resource.physicalId === physicalId),
    )
    return { StackResources: shown.map((resource) => describeResource(stack, resource, 'Timestamp')) }
  }

  #describeStackResource(request: QueryRequest): XmlValue {
    const name = request.required('StackName')
    const logicalId = request.required('LogicalResourceId')
    const stack = this.#registry.find(name)
    // The texts are AWS's: LocalStack's tests/aws/services/cloudformation/api/test_resources.snapshot.json.
    if (stack === undefined) throw validationError(`Stack '${name}' does not exist`)
    const resource = stack.resources.get(logicalId)
    if (resource === undefined)
      throw validationError(`Resource ${logicalId} does not exist for stack ${name}`)
    return { StackResourceDetail: describeResource(stack, resource, 'LastUpdatedTimestamp') }
  }

  #stackWith(physicalId: string): SandboxStack {
    const has = (resource: SandboxResource) => resource.physicalId === physicalId
    const stack = [...this.#registry.stacks.values()].find(
      (one) => !isDeleted(one) && [...one.resources.values()].some(has),
    )
    if (stack === undefined) throw validationError(`Stack for ${physicalId} does not exist`)
    return stack
  }

  /** Newest first. Deleted stacks are listed, too. */
  #listStacks(request: QueryRequest): XmlValue {
    const selected = request.texts('StackStatusFilter')
    const listed = [...this.#registry.stacks.values()]
      .reverse()
      .filter(({ status }) => selected.length === 0 || selected.includes(status))
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + 100
    return {
      StackSummaries: listed.slice(from, until).map((stack) => ({
        StackId: stack.id,
        StackName: stack.name,
        CreationTime: new Date(stack.createdAt),
        DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
        StackStatus: stack.status,
        DriftInformation: stackDriftInformation(stack),
      })),
      NextToken: until < listed.length ? String(until) : undefined,
    }
  }

  #listExports(): XmlValue {
    return {
      Exports: [...this.#registry.stacks.values()].flatMap((stack) =>
        isDeleted(stack)
          ? []
          : [...stack.outputs.values()].flatMap(({ exportName, value }) =>
              exportName === undefined
                ? []
                : [{ ExportingStackId: stack.id, Name: exportName, Value: value }],
            ),
      ),
    }
  }

  /**
   * The text is AWS's, by which tools tell that nobody imports an export.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html
   */
  #listImports(request: QueryRequest): XmlValue {
    const name = request.required('ExportName')
    const importers = this.#importersOf(name)
    if (importers.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`)
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + IMPORTS_PER_PAGE
    return {
      Imports: importers.slice(from, until),
      NextToken: until < importers.length ? String(until) : undefined,
    }
  }

  #getTemplate(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    return { TemplateBody: stack.design.body, StagesAvailable: ['Original', 'Processed'] }
  }
}
