/** https://support.huaweicloud.com/intl/en-us/api-aos/CreateExecutionPlan.html: its path names a stack. */
export const NO_STACK_SET_PLAN =
  'RFS makes execution plans of stacks alone: for a stack set and its instances it has no call that tells what an operation would do.'
