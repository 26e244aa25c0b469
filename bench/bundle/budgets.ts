import budget from './budget.json' with { type: 'json' }

const budgets: Readonly<Record<string, number>> = budget
const ANY_PROVIDER = 'providers/*'

/** The entries that have a budget of their own, and the zip. Bytes, minified, with all that is loaded at an entry's start. */
export const ownBudgets = Object.fromEntries(
  Object.entries(budgets).filter(([name]) => name !== ANY_PROVIDER),
)

/** Bytes that an entry, or `stackbridge.zip`, may weigh: a provider without a budget of its own has that of `providers/*`. */
export function budgetOf(name: string): number | undefined {
  return ownBudgets[name] ?? (name.startsWith('providers/') ? budgets[ANY_PROVIDER] : undefined)
}
