import { CloudError, type Check } from '../provider.ts'
import { withRemedy } from './check-wording.ts'

/** Checks a service by one call that changes nothing; `call` describes its result. Rethrows all but a `CloudError`. */
export type CallCheck = (name: string, call: () => Promise<string>) => Promise<Check>

/** `remedies`: see `withRemedy`. */
export function callCheck(remedies: Parameters<typeof withRemedy>[1]): CallCheck {
  return async (name, call) => {
    try {
      return { name, result: 'ok', detail: await call() }
    } catch (error) {
      if (error instanceof CloudError) return { name, result: 'missing', detail: withRemedy(error, remedies) }
      throw error
    }
  }
}
