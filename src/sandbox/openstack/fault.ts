import type { JsonValue } from '../../platform/json.ts'

/** An error answer of Heat. https://docs.openstack.org/api-ref/orchestration/v1/#faults */
export class HeatFault extends Error {
  override readonly name = 'HeatFault'
  constructor(
    readonly status: 400 | 404 | 409 | 500,
    readonly type: string,
    message: string,
  ) {
    super(message)
  }
}

const TITLES = {
  400: [
    'Bad Request',
    'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  ],
  404: ['Not Found', 'The resource could not be found.'],
  409: ['Conflict', 'There was a conflict when trying to complete your request.'],
  500: [
    'Internal Server Error',
    'The server has either erred or is incapable of performing the requested operation.',
  ],
} as const

export function faultBody({ status, type, message }: HeatFault): JsonValue {
  const [title, explanation] = TITLES[status]
  return {
    code: status,
    title,
    explanation,
    error: { type, traceback: null, message: message === '' ? null : message },
  }
}

/** The refusal of Keystone, and of the authentication middleware in front of Heat. */
export const UNAUTHORIZED: JsonValue = {
  error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' },
}

export function badRequest(message: string): HeatFault {
  return new HeatFault(400, 'HTTPBadRequest', message)
}

export function noStack(name: string): HeatFault {
  return new HeatFault(404, 'EntityNotFound', `The Stack (${name}) could not be found.`)
}
