import type { DestinationStream } from 'pino'
import type { Environment } from '../../platform/settings.ts'
import { logFor, rendererFor, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type Console } from '../terminal/console.ts'
import type { LocalStackOptions } from '../options/local-stack-options.ts'
import type { ParameterOptions } from '../options/parameter-options.ts'
import { readBytes } from '../options/read-bytes.ts'
import type { Renderer } from '../report.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { writeLine } from '../terminal/terminal-text.ts'

/** The options of the commands that ask about stacks and change none. */
export interface InquiryOptions extends CommonOptions, LocalStackOptions, ParameterOptions {
  readonly sandbox?: boolean
  readonly id?: string
  readonly detailedExitcode?: boolean
}

/** What is asked, with the templates' parameters and the settings. */
export interface InquiryRequest {
  /** From the command line; they win over those of the file. */
  readonly parameters: ReadonlyMap<string, string>
  readonly parametersFile?: string
  /** The resources of the template that are asked about; all without it. */
  readonly only?: readonly string[]
  /** The PhysicalResourceId of the stack. */
  readonly id?: string
  readonly sandbox: boolean
  readonly localStack: LocalStackOptions
  readonly environment: Environment
  /** The destination of the bridge's log. */
  readonly log?: DestinationStream
}

/** `isWhole`: all stacks could be asked about. `changes`: one of them changes, may change, or has drifted. */
export interface InquiryResult {
  /** How many stacks were asked about. */
  readonly stacks: number
  readonly isWhole: boolean
  readonly changes: boolean
}

/** Asks about stacks and reports the answers. `Named` says which stacks. Throws `UsageError`. */
export type Inquiry<Named> = (
  request: InquiryRequest & Named,
  readBytes: ReadBytes,
  renderer: Renderer,
  signal: AbortSignal,
) => Promise<InquiryResult | 'interrupted'>

/** Runs a command that asks about stacks; returns its exit code. `load` imports what only the action needs. */
export async function runInquiry<Named>(
  named: Named,
  options: InquiryOptions,
  io: Console,
  load: () => Promise<Inquiry<Named>>,
): Promise<number> {
  const inquire = await load()
  const renderer = await rendererFor(options, io)
  const end = new AbortController()
  const stopListening = io.onInterrupt(() => {
    end.abort()
  })
  try {
    const result = await inquire(
      { ...requestOf(options, io), ...named },
      (file) => readBytes(file, io.stdin),
      renderer,
      end.signal,
    )
    if (result === 'interrupted') {
      writeLine(io.stderr, 'stackbridge: interrupted')
      return EXIT.interrupted
    }
    if (result.stacks === 0 && options.json !== true)
      writeLine(io.stdout, 'no stack to ask about: the template has no resource that Stackbridge serves')
    return exitCodeOf(result, options)
  } finally {
    stopListening()
    renderer.close()
  }
}

function requestOf(options: InquiryOptions, io: Console): InquiryRequest {
  const { parameter = [], parameters, resource, id, sandbox = false } = options
  return {
    parameters: new Map(parameter),
    ...(parameters === undefined ? {} : { parametersFile: parameters }),
    ...(resource === undefined ? {} : { only: resource }),
    ...(id === undefined ? {} : { id }),
    sandbox,
    localStack: options,
    environment: io.environment,
    ...logFor(options, io),
  }
}

function exitCodeOf({ isWhole, changes }: InquiryResult, { detailedExitcode }: InquiryOptions): number {
  if (!isWhole) return EXIT.failed
  return detailedExitcode === true && changes ? EXIT.changes : EXIT.success
}
