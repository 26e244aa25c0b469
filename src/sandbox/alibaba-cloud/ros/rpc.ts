import type { IncomingMessage } from 'node:http'

/**
 * The RPC style of Alibaba Cloud's APIs: parameters in the query and in a form, answers in JSON.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */

/** An error answer of Alibaba Cloud. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  constructor(
    readonly httpStatus: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The parameters of a request by name. Items of a list are named `Name.1`, their fields `Name.1.Key`. */
export class RpcRequest {
  readonly #fields: ReadonlyMap<string, string>

  constructor(
    readonly action: string,
    readonly version: string,
    query: URLSearchParams,
    form: URLSearchParams,
  ) {
    this.#fields = new Map([...query, ...form])
  }

  /** Names and values, sorted by name. */
  get fields(): readonly (readonly [string, string])[] {
    return [...this.#fields].sort(([one], [other]) => (one < other ? -1 : 1))
  }

  text(name: string): string | undefined {
    return this.#fields.get(name)
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined || value === '')
      throw new RpcError(
        400,
        'MissingParameter',
        `The input parameter (${name}) that is mandatory for processing this request is not supplied.`,
      )
    return value
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (value !== 'true' && value !== 'false') throw invalid(name, value)
    return value === 'true'
  }

  integer(name: string, min: number, max: number): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) throw invalid(name, value)
    return Number(value)
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const given = this.text(name)
    const value = values.find((one) => one === given)
    if (given !== undefined && value === undefined) throw invalid(name, given)
    return value
  }

  texts(name: string): string[] {
    return this.#indexes(name).flatMap((index) => this.text(`${name}.${String(index)}`) ?? [])
  }

  structures(name: string): ReadonlyMap<string, string>[] {
    return this.#indexes(name).map((index) => {
      const prefix = `${name}.${String(index)}.`
      const fields = [...this.#fields].filter(([key]) => key.startsWith(prefix))
      return new Map(fields.map(([key, value]) => [key.slice(prefix.length), value]))
    })
  }

  has(name: string): boolean {
    return [...this.#fields.keys()].some((key) => key === name || key.startsWith(`${name}.`))
  }

  #indexes(name: string): number[] {
    const prefix = `${name}.`
    const found = [...this.#fields.keys()].flatMap((key) =>
      key.startsWith(prefix) ? (/^\d+(?=\.|$)/.exec(key.slice(prefix.length))?.[0] ?? []) : [],
    )
    return [...new Set(found.map(Number))].sort((one, other) => one - other)
  }
}

export function invalid(name: string, value: string): RpcError {
  return new RpcError(400, 'InvalidParameter', `The specified parameter (${name}) is not valid: ${value}`)
}

export function notSupported(what: string): RpcError {
  return new RpcError(400, 'NotSupported', `${what} is not supported.`)
}

/** The action and the version come from signed headers. */
export function rpcRequestOf({ headers, url = '/' }: IncomingMessage, body: Buffer): RpcRequest {
  const [action, version] = [headers['x-acs-action'], headers['x-acs-version']]
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return new RpcRequest(
    typeof action === 'string' ? action : '',
    typeof version === 'string' ? version : '',
    new URL(url, 'http://sandbox').searchParams,
    new URLSearchParams(isForm ? body.toString() : ''),
  )
}
