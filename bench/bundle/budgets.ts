import budget from './budget.json' with { type: 'json' }

const budgets: Readonly<Record<string, number>> = budget
const ANY_PROVIDER = 'providers/*'

/** The entries with a separate budget, and the zip. Minified bytes, with everything that an entry loads at its start. */
export const ownBudgets = Object.fromEntries(
  Object.entries(budgets).filter(([name]) => name !== ANY_PROVIDER),
)

/** The maximum bytes of an entry or of `stackbridge.zip`: a provider without a separate budget has that of `providers/*`. */
export function budgetOf(name: string): number | undefined {
  return ownBudgets[name] ?? (name.startsWith('providers/') ? budgets[ANY_PROVIDER] : undefined)
}
