/**
 * Function Compute, pay as you go, first tier, without the discounts of a promotion, a free quota or a resource plan:
 * https://help.aliyun.com/en/functioncompute/fc/product-overview/pay-as-you-go-billing-methods (read in 2026)
 */
const CU = { perInvocation: 75 / 10_000, perVcpuSecond: 1, perGbSecond: 0.15 } as const
const USD_PER_CU = 0.00002

/** The function's size in examples/deploy. The article's function gets the same, so that only time and calls differ. */
export const SIZE = { vcpu: 0.35, gb: 0.5 } as const

/**
 * The cost of calls with that size, in US dollars; usage counts by the millisecond. What a function uses in an hour is then
 * rounded up to whole CU, which these figures leave out, since other calls of the hour share it.
 * https://help.aliyun.com/zh/functioncompute/fc/product-overview/billing-overview-of-fc
 */
export function usd(invocations: number, seconds: number): number {
  const perSecond = CU.perVcpuSecond * SIZE.vcpu + CU.perGbSecond * SIZE.gb
  return (invocations * CU.perInvocation + seconds * perSecond) * USD_PER_CU
}
