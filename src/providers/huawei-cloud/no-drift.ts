/**
 * RFS's reference lists no call for drift; an item of an execution plan tells by `drifted` whether its change comes from drift:
 * https://support.huaweicloud.com/intl/en-us/api-aos/GetExecutionPlan.html
 */
export const NO_RFS_DRIFT = {
  impossible:
    'RFS has no call that detects drift: only its execution plans tell which change comes from drift.',
}

export const NO_STACK_SET_DRIFT = {
  impossible: 'RFS has no call that detects drift, neither for a stack set nor for its instances.',
}
