/**
 * AWS's Query protocol: form-encoded requests, XML answers.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */

/** An error answer of AWS. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
  ) {
    super(message)
  }
}

/** The members of a request by name. Items of a list are named `Name.member.1`, their fields `Name.member.1.Key`. */
export class QueryRequest {
  readonly #fields: URLSearchParams

  constructor(body: string) {
    this.#fields = new URLSearchParams(body)
  }

  get action(): string {
    return this.#fields.get('Action') ?? ''
  }

  get version(): string {
    return this.#fields.get('Version') ?? ''
  }

  text(name: string): string | undefined {
    return this.#fields.get(name) ?? undefined
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined || value === '') {
      const member = name.charAt(0).toLowerCase() + name.slice(1)
      throw validationError(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      )
    }
    return value
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : value === 'true'
  }

  number(name: string): number | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : Number(value)
  }

  texts(name: string): string[] {
    return this.#indexes(name).flatMap((index) => this.text(`${name}.member.${String(index)}`) ?? [])
  }

  structures(name: string): ReadonlyMap<string, string>[] {
    return this.#indexes(name).map((index) => {
      const prefix = `${name}.member.${String(index)}.`
      const fields = [...this.#fields].filter(([key]) => key.startsWith(prefix))
      return new Map(fields.map(([key, value]) => [key.slice(prefix.length), value]))
    })
  }

  has(name: string): boolean {
    return [...this.#fields.keys()].some((key) => key === name || key.startsWith(`${name}.`))
  }

  #indexes(name: string): number[] {
    const prefix = `${name}.member.`
    const found = [...this.#fields.keys()].flatMap((key) =>
      key.startsWith(prefix) ? (/^\d+(?=\.|$)/.exec(key.slice(prefix.length))?.[0] ?? []) : [],
    )
    return [...new Set(found.map(Number))].sort((one, other) => one - other)
  }
}

export function validationError(message: string): QueryError {
  return new QueryError('ValidationError', message)
}

export type XmlValue =
  string | number | boolean | Date | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue }

/** The XML of a result. `namespace`: of the service. */
export function successXml(action: string, result: XmlValue, requestId: string, namespace: string): string {
  const body =
    element(`${action}Result`, result ?? {}) + element('ResponseMetadata', { RequestId: requestId })
  return `<${action}Response xmlns="${namespace}">${body}</${action}Response>`
}

export function errorXml(error: QueryError, requestId: string, namespace: string): string {
  const Type = error.httpStatus < 500 ? 'Sender' : 'Receiver'
  const body =
    element('Error', { Type, Code: error.code, Message: error.message }) + element('RequestId', requestId)
  return `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`
}

function element(name: string, value: XmlValue): string {
  return value === undefined ? '' : `<${name}>${content(value)}</${name}>`
}

function content(value: XmlValue): string {
  if (value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (isList(value)) return value.map((item) => element('member', item)).join('')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, item]) => element(name, item))
      .join('')
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value)
}
