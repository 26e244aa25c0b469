import { ContinueUpdateRollbackCommand, RollbackStackCommand } from '@aws-sdk/client-cloudformation'
import type { Calls } from './calls.ts'
import type { StackProperties } from './properties.ts'

/** The repairs that the properties allow. */
export interface Repairs {
  /** Of a stack in UPDATE_ROLLBACK_FAILED. */
  readonly continueRollback: boolean
  readonly skip: readonly string[]
  /** Skips all resources whose rollback failed. */
  readonly force: boolean
  /** Of a stack in CREATE_FAILED or UPDATE_FAILED. */
  readonly rollBack: boolean
}

/** `undefined`: none. */
export function repairsOf({
  ContinueUpdateRollback,
  ResourcesToSkip,
  ForceRollback,
  RollbackStack,
}: StackProperties): Repairs | undefined {
  const repairs: Repairs = {
    continueRollback:
      ContinueUpdateRollback === true || ResourcesToSkip !== undefined || ForceRollback === true,
    skip: ResourcesToSkip ?? [],
    force: ForceRollback === true,
    rollBack: RollbackStack === true,
  }
  return repairs.continueRollback || repairs.rollBack ? repairs : undefined
}

/** A call that starts a repair. Its result is CloudFormation's id of the operation, where it gives one. */
export interface RepairCall {
  readonly action: string
  send(client: Calls): Promise<string | undefined>
}

interface RepairedStack {
  readonly status: string | undefined
  readonly stackId: string
  /** The ClientRequestToken of the call. */
  readonly token: string
  readonly roleArn: string | undefined
}

/** The repair for a stack of this status; `undefined`: the properties allow none. */
export function repairCall(
  { status, stackId, token, roleArn }: RepairedStack,
  repairs: Repairs,
): RepairCall | undefined {
  const input = {
    StackName: stackId,
    ClientRequestToken: token,
    ...(roleArn === undefined ? {} : { RoleARN: roleArn }),
  }
  switch (status) {
    case 'CREATE_FAILED':
    case 'UPDATE_FAILED':
      return repairs.rollBack
        ? {
            action: 'RollbackStack',
            send: async (client) => (await client.send(new RollbackStackCommand(input))).OperationId,
          }
        : undefined
    default:
      return repairs.continueRollback
        ? { action: 'ContinueUpdateRollback', send: (client) => continueRollback(client, input, repairs) }
        : undefined
  }
}

async function continueRollback(
  client: Calls,
  input: { readonly StackName: string; readonly ClientRequestToken: string; readonly RoleARN?: string },
  { skip, force }: Repairs,
): Promise<undefined> {
  await client.send(
    new ContinueUpdateRollbackCommand({
      ...input,
      ...(skip.length === 0 ? {} : { ResourcesToSkip: [...skip] }),
      ...(force ? { ForceRollback: true } : {}),
    }),
  )
}
