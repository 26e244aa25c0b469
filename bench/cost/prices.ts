/**
 * Function Compute, pay as you go, first tier, without the discounts of a promotion, a free quota or a resource plan:
 * https://help.aliyun.com/en/functioncompute/fc/product-overview/pay-as-you-go-billing-methods (read in 2026)
 */
const CU = { perInvocation: 75 / 10_000, perVcpuSecond: 1, perGbSecond: 0.15 } as const
const USD_PER_CU = 0.00002

/** The function's size in examples/deploy. The article's function has the same size, so that only time and calls differ. */
export const SIZE = { vcpu: 0.35, gb: 0.5 } as const

const CU_PER_SECOND = CU.perVcpuSecond * SIZE.vcpu + CU.perGbSecond * SIZE.gb
export const USD_PER_SECOND = CU_PER_SECOND * USD_PER_CU

/** Calls of the function. Usage is counted in milliseconds, from the start of a call to its end. */
export interface Usage {
  readonly calls: number
  readonly seconds: number
}

/** US dollars, before an hour's usage is rounded. */
export function usd(usage: Usage): number {
  return cuOf(usage) * USD_PER_CU
}

/**
 * US dollars for a function that serves one stack and nothing else: its usage is added up for each hour, and each hour's sum is
 * rounded up to whole CU, at least one.
 * https://help.aliyun.com/zh/functioncompute/fc/product-overview/billing-overview-of-fc (read in 2026)
 */
export function roundedUsd(hours: readonly Usage[]): number {
  const used = hours.filter(({ calls }) => calls > 0)
  return used.reduce((sum, hour) => sum + Math.max(1, Math.ceil(cuOf(hour))), 0) * USD_PER_CU
}

function cuOf({ calls, seconds }: Usage): number {
  return calls * CU.perInvocation + seconds * CU_PER_SECOND
}
