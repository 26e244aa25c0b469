import { asText, type JsonObject } from '../platform/json.ts'

/** How a resource has drifted, so that a test or a user can try it. */
export type ResourceDrift =
  | { readonly status: 'IN_SYNC' | 'DELETED' | 'NOT_CHECKED' }
  | { readonly status: 'MODIFIED'; readonly properties: readonly string[] }
  /** It cannot be checked, for this reason. */
  | { readonly status: 'FAILED'; readonly reason: string }

/** Reads `Drift`: `DELETED`, `NOT_CHECKED`, `FAILED`, or names of properties, separated by commas; and `Message`. */
export function resourceDrift({ Drift, Message }: JsonObject): ResourceDrift {
  const drift = asText(Drift ?? '')
  switch (drift) {
    case '':
      return { status: 'IN_SYNC' }
    case 'DELETED':
    case 'NOT_CHECKED':
      return { status: drift }
    case 'FAILED':
      return {
        status: drift,
        reason: asText(Message ?? 'The resource could not be checked, as its properties ask'),
      }
    default:
      return { status: 'MODIFIED', properties: drift.split(',').map((name) => name.trim()) }
  }
}
