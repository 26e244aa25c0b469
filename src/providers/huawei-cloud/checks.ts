import { withRemedy } from '../session/check-wording.ts'
import { CloudError, type Check } from '../provider.ts'

/** One call to Huawei Cloud that changes nothing; `call` describes its result. */
export async function huaweiCheck(name: string, call: () => Promise<string>): Promise<Check> {
  try {
    return { name, result: 'ok', detail: await call() }
  } catch (error) {
    if (error instanceof CloudError) return { name, result: 'missing', detail: withRemedy(error, REMEDIES) }
    throw error
  }
}

const REMEDIES = {
  allow: 'check keys, security token and user, and that a policy allows the call',
  reach: 'check Region, Auth.AuthUrl and Endpoint, and the way out of the network',
}
