import { asText } from '../../../platform/json.ts'
import { reasonOf, ResourceFailure } from '../../resource-failure.ts'
import type { CloudContext } from './cloud-context.ts'
import { holds, resolve } from './intrinsic-functions.ts'
import { scopeOf } from './stack-scope.ts'
import type { SandboxStack } from './stack.ts'

/** Computes the outputs of the stack. False: an output or an export failed, and the operation is to stop. */
export function setOutputs(stack: SandboxStack, context: CloudContext): boolean {
  const scope = scopeOf(stack, stack.design, context)
  try {
    const outputs = [...stack.design.template.outputs]
      .filter(([, output]) => output.condition === undefined || holds(output.condition, scope))
      .map(([name, output]) => {
        const exportName =
          output.exportName === undefined ? undefined : asText(resolve(output.exportName, scope))
        return [name, { value: asText(resolve(output.value, scope)), exportName }] as const
      })
    for (const [, { exportName }] of outputs) checkExport(stack, exportName, context)
    stack.outputs = new Map(outputs)
    return true
  } catch (error) {
    if (stack.operation !== undefined) stack.operation.stop = reasonOf(error)
    return false
  }
}

function checkExport(stack: SandboxStack, exportName: string | undefined, context: CloudContext): void {
  const other = exportName === undefined ? undefined : context.exporterOf(exportName)
  if (other !== undefined && other !== stack)
    throw new ResourceFailure(
      `Export with name ${exportName ?? ''} is already exported by stack ${other.name}.`,
    )
}
