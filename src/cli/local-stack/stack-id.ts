import { createHash, randomUUID } from 'node:crypto'

/**
 * The id of a new stack. In embedded clouds, which only this command uses, the same stack has the same id each time.
 */
export function stackIdFor(stackName: string, sandbox: boolean): string {
  if (!sandbox) return randomUUID()
  const digits = createHash('sha256').update(stackName).digest('hex')
  return `${digits.slice(0, 8)}-0000-4000-8000-${digits.slice(8, 20)}`
}
