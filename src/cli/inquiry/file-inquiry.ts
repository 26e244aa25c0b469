import type { JsonObject } from '../../platform/json.ts'
import { askAboutStacks } from './ask-about-stacks.ts'
import { stacksInFile, type TemplateCheck } from './target-stacks.ts'
import { completeEvent } from '../event-file.ts'
import type { Inquiry } from './inquiry.ts'
import type { Question } from './question.ts'
import type { Report } from '../report.ts'
import { UsageError } from '../usage-error.ts'

/** Asks a question about the stack of an event file, or about each stack of a ROS template. Throws `UsageError`. */
export type FileInquiry = Inquiry<{ readonly path: string }>

/** `check`: what must hold of a template before anything is asked. */
export function fileInquiry<Answer extends Report>(
  question: Question<Answer>,
  check?: TemplateCheck,
): FileInquiry {
  return async (request, readBytes, renderer, signal) => {
    const { path, id } = request
    const stacks = await stacksInFile(path, request, {
      readBytes,
      eventOf: (given) => eventOf(given, id),
      check,
    })
    return askAboutStacks(question, stacks, { request, renderer, signal })
  }
}

function eventOf(given: JsonObject, id: string | undefined): JsonObject {
  const named = id === undefined ? {} : { RequestType: 'Update', PhysicalResourceId: id }
  const event = completeEvent({ ...given, ...named })
  if (event['RequestType'] === 'Delete')
    throw new UsageError('a Delete deletes the whole stack; give an event of type Create or Update')
  return event
}
