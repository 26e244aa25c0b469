import { callCheck } from '../session/call-check.ts'

export const huaweiCheck = callCheck({
  allow: 'check keys, security token and user, and that a policy allows the call',
  reach: 'check Region, Auth.AuthUrl and Endpoint, and the way out of the network',
})
