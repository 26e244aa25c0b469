import type { Explanation } from '../../provider.ts'
import type { RfsEvent } from './client.ts'

/**
 * Explains why a deployment or deletion failed: the first resource that failed and the message for it. Terraform
 * reports a failed resource and the reason in two events: the second is an error without a resource, whose text names
 * the resource.
 */
export function explainEvents(newestFirst: readonly RfsEvent[]): Explanation {
  const oldestFirst = [...newestFirst].reverse()
  const failed = oldestFirst.find(({ event_type }) => event_type.endsWith('_FAILED'))
  const errors = oldestFirst.filter(({ event_type }) => event_type === 'ERROR')
  const cause = causeOf(failed, errors)
  const [latest] = newestFirst
  return {
    ...(cause === undefined ? {} : { cause }),
    ...(latest === undefined ? {} : { latestEvent: inWords(latest) }),
  }
}

function causeOf(failed: RfsEvent | undefined, errors: readonly RfsEvent[]): string | undefined {
  const [first] = errors
  if (failed === undefined) return first === undefined ? undefined : inWords(first)
  const { resource_type, resource_name } = failed
  const name = `${resource_type ?? ''}.${resource_name ?? ''}`
  const error = errors.find(
    (one) => one.resource_name === resource_name || (one.event_message ?? '').includes(name),
  )
  const message = (error ?? failed).event_message
  return inWords({ ...failed, event_message: message ?? failed.event_message })
}

function inWords({ event_type, event_message, resource_name, resource_type }: RfsEvent): string {
  const message = (event_message ?? '').trim()
  const text = message === '' ? event_type : message
  if (resource_name === undefined || resource_name === null) return text
  const type = resource_type === undefined || resource_type === null ? '' : ` (${resource_type})`
  return `${resource_name}${type}: ${text}`
}
