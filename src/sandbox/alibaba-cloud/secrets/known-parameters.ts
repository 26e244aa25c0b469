import { invalid, type RpcRequest } from '../ros/rpc.ts'

/** Refuses a parameter that the action's page does not have. */
export function refuseOthers(request: RpcRequest, known: readonly string[]): void {
  const other = request.fields.find(([name]) => !known.includes(name))
  if (other !== undefined) throw invalid(...other)
}
