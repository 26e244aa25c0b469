import type { JsonValue } from '../../platform/json.ts'

/** An error answer of RFS or its gateway. https://support.huaweicloud.com/intl/en-us/api-aos/ErrorCode.html */
export class HuaweiFault extends Error {
  override readonly name = 'HuaweiFault'
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export function faultBody({ code, message }: HuaweiFault): JsonValue {
  return { error_code: code, error_msg: message }
}

export function badRequest(message: string, code = 'RF.10011001'): HuaweiFault {
  return new HuaweiFault(400, code, message)
}

/** AOS, the older service, answers errors in another form than RFS. */
export function aosFaultBody({ code, message }: HuaweiFault): JsonValue {
  return { message, code, extend: '' }
}

export function unknownApi(): HuaweiFault {
  return new HuaweiFault(404, 'APIGW.0101', 'The API does not exist or has not been published')
}
