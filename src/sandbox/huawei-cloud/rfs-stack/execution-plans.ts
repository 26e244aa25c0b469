import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import { HuaweiFault } from '../fault.ts'
import type { ServiceAnswer } from '../service-call.ts'
import type { RfsEngine } from './engine.ts'
import type { PlanRequest } from './request-schemas.ts'
import {
  addressOf,
  CREATE_ONLY,
  type RfsDesign,
  type SandboxRfsResource,
  type SandboxRfsStack,
} from './stack.ts'
import type { RfsResourceDefinition } from './template.ts'

interface ExecutionPlan {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly items: readonly JsonObject[]
  /** How many more reads of its metadata show it as being made. */
  pendingReads: number
}

/**
 * The execution plans of stacks. They are computed at once; `pendingReads` stands for the time that RFS needs.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateExecutionPlan.html
 */
export class ExecutionPlans {
  readonly #clock: Clock
  readonly #engine: RfsEngine
  readonly #plans = new WeakMap<SandboxRfsStack, Map<string, ExecutionPlan>>()

  constructor(clock: Clock, engine: RfsEngine) {
    this.#clock = clock
    this.#engine = engine
  }

  namesOf(stack: SandboxRfsStack): string[] {
    return [...this.#of(stack).keys()]
  }

  create(
    stack: SandboxRfsStack,
    desired: PlanRequest,
    design: RfsDesign,
    pendingReads: number,
  ): ServiceAnswer {
    const plans = this.#of(stack)
    const name = desired.execution_plan_name
    if (plans.has(name)) throw new HuaweiFault(409, 'RF.10013501', 'Execution plan name already exists.')
    const id = this.#engine.nextId()
    const items = planItems(stack, design, this.#engine)
    plans.set(name, { id, name, createdAt: this.#clock.now(), items, pendingReads })
    return { status: 202, body: { execution_plan_id: id } }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/GetExecutionPlanMetadata.html */
  metadata(stack: SandboxRfsStack, name: string): ServiceAnswer {
    const plan = this.#plan(stack, name)
    const status = plan.pendingReads > 0 ? 'CREATION_IN_PROGRESS' : 'AVAILABLE'
    plan.pendingReads = Math.max(0, plan.pendingReads - 1)
    return {
      status: 200,
      body: {
        stack_id: stack.id,
        stack_name: stack.name,
        execution_plan_id: plan.id,
        execution_plan_name: plan.name,
        status,
        create_time: wholeSeconds(plan.createdAt),
      },
    }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/GetExecutionPlan.html */
  items(stack: SandboxRfsStack, name: string): ServiceAnswer {
    const { pendingReads, items } = this.#plan(stack, name)
    return { status: 200, body: pendingReads > 0 ? {} : { execution_plan_items: [...items] } }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/DeleteExecutionPlan.html */
  delete(stack: SandboxRfsStack, name: string): ServiceAnswer {
    if (this.#plan(stack, name).pendingReads > 0)
      throw new HuaweiFault(403, 'RF.10012543', 'The execution plan is being created.')
    this.#of(stack).delete(name)
    return { status: 204 }
  }

  #of(stack: SandboxRfsStack): Map<string, ExecutionPlan> {
    const known = this.#plans.get(stack) ?? new Map<string, ExecutionPlan>()
    this.#plans.set(stack, known)
    return known
  }

  #plan(stack: SandboxRfsStack, name: string): ExecutionPlan {
    const plan = this.#of(stack).get(name)
    if (plan === undefined) throw new HuaweiFault(404, 'RF.10013002', 'Execution plan is not exist.')
    return plan
  }
}

function planItems(stack: SandboxRfsStack, design: RfsDesign, engine: RfsEngine): JsonObject[] {
  const desired = design.template.resources.flatMap((definition): JsonObject[] => {
    const computed = engine.values.plannedProperties(stack, design, definition)
    const planned = itemFor(stack.resources.get(addressOf(definition)), definition, computed)
    return planned === undefined ? [] : [planned]
  })
  const desiredAddresses = new Set(design.template.resources.map(addressOf))
  const gone = [...stack.resources.values()].filter((resource) => !desiredAddresses.has(addressOf(resource)))
  return [...desired, ...gone.map(({ name, type, id }) => item(name, type, 'DELETE', { resource_id: id }))]
}

function itemFor(
  existing: SandboxRfsResource | undefined,
  { name, type }: RfsResourceDefinition,
  computed: ReadonlyMap<string, JsonValue>,
): JsonObject | undefined {
  if (existing === undefined) return item(name, type, 'ADD', {})
  const changed = [...new Set([...computed.keys(), ...Object.keys(existing.properties)])].filter(
    (key) => JSON.stringify(computed.get(key)) !== JSON.stringify(existing.properties[key]),
  )
  if (changed.length === 0 && !existing.tainted) return undefined
  const isReplaced = existing.tainted || changed.includes(CREATE_ONLY)
  return item(name, type, isReplaced ? 'DELETE_THEN_ADD' : 'UPDATE', {
    resource_id: existing.id,
    attributes: changed.map((key) => ({
      name: key,
      previous_value: JSON.stringify(existing.properties[key] ?? null),
      target_value: JSON.stringify(computed.get(key) ?? null),
    })),
  })
}

function item(name: string, type: string, action: string, more: JsonObject): JsonObject {
  return {
    resource_type: type,
    resource_name: name,
    action,
    mode: 'RESOURCE',
    drifted: false,
    attributes: [],
    ...more,
  }
}
