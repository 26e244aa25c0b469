/**
 * The grammar of the names of stacks and stack sets:
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html and
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html
 */
export const RFS_NAME = /^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\-\u4e00-\u9fa5]{0,127}$/
