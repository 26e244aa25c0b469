import type { Secrets } from '../platform/secrets.ts'
import { CloudError, type StackRef, type StackRequest, type StackSession } from '../providers/provider.ts'

const LONGEST_QUOTE = 120

/**
 * Wraps the session of a Create or Update, so that it returns no id that the provider could not parse: ROS keeps the id
 * as the PhysicalResourceId, and sends it with each later event. Such an id is a `CloudError`; the Delete that ROS
 * sends then has no id, and finds the stack by its mark. An Update's stack has the id that ROS has for it.
 */
export function withOwnIds(
  session: StackSession,
  { kind, physicalResourceId }: Pick<StackRequest, 'kind' | 'physicalResourceId'>,
  isOwn: (id: string) => boolean,
  secrets: Pick<Secrets, 'maskBeginning'>,
): StackSession {
  if (kind === 'delete') return session
  const require = ({ id }: StackRef): void => {
    const isAnother = kind === 'update' && physicalResourceId !== undefined && id !== physicalResourceId
    if (isOwn(id) && !isAnother) return
    const what = isAnother ? 'is not the one asked for' : 'is not of the form of this cloud'
    throw new CloudError(
      'rejected',
      `The cloud named a stack with the id ${quoted(id, secrets)}, which ${what}`,
    )
  }
  const { repair, checks } = session
  return {
    ...(session.cloudTimeoutMs === undefined ? {} : { cloudTimeoutMs: session.cloudTimeoutMs }),
    identityProblems: session.identityProblems,
    deleteAttempts: session.deleteAttempts,
    async find() {
      const found = await session.find()
      if (found.found === true) require(found.stack)
      return found
    },
    async create() {
      const outcome = await session.create()
      if (outcome.outcome === 'started') require(outcome.watch.stack)
      return outcome
    },
    async update(stack, about) {
      const outcome = await session.update(stack, about)
      if ('watch' in outcome) require(outcome.watch.stack)
      return outcome
    },
    delete: (stack, attempt) => session.delete(stack, attempt),
    ...(repair === undefined ? {} : { repair: (stack: StackRef) => repair.call(session, stack) }),
    describe: (watch) => session.describe(watch),
    explain: (watch) => session.explain(watch),
    cancel: (watch) => session.cancel(watch),
    events: (stack, since) => session.events(stack, since),
    plan: (signal) => session.plan(signal),
    drift: (signal) => session.drift(signal),
    ...(session.reportsDrift === undefined ? {} : { reportsDrift: session.reportsDrift }),
    ...(checks === undefined ? {} : { checks: () => checks.call(session) }),
    close() {
      session.close()
    },
  }
}

/** On one line, without control characters that the cloud may have written. */
function quoted(id: string, secrets: Pick<Secrets, 'maskBeginning'>): string {
  const shown = JSON.stringify(secrets.maskBeginning(id, LONGEST_QUOTE)).replaceAll(
    /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g,
    '?',
  )
  return id.length > LONGEST_QUOTE ? `${shown}…` : shown
}
