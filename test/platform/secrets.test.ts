import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/platform/log.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'

const planted = () => {
  const secrets = new Secrets()
  for (const value of Object.values(PLANTED)) secrets.add(value)
  return secrets
}

function logged(write: (log: ReturnType<typeof createLogger>) => void, bindings = {}): string {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  write(createLogger({ level: 'trace', secrets: planted(), bindings, destination }))
  return lines.join('')
}

describe('masking', () => {
  it('covers a secret as it is, in JSON, in a URL and in base64', () => {
    const secrets = planted()
    const secret = PLANTED.accessKeySecret
    const forms = [
      secret,
      JSON.stringify({ a: secret }),
      JSON.stringify(JSON.stringify(secret)),
      encodeURIComponent(secret),
    ]
    for (const form of forms) expect(plantedIn(secrets.mask(`before ${form} after`))).toEqual([])
    const base64 = Buffer.from(secret).toString('base64')
    expect(secrets.mask(base64)).not.toContain(base64.slice(0, -4))
  })

  it('covers a secret that is part of another one, and the other one whole', () => {
    const secrets = new Secrets()
    secrets.add('abcd')
    secrets.add('abcd-efgh')
    expect(secrets.mask('abcd-efgh abcd')).toBe('[secret] [secret]')
  })

  it('leaves no secret in any text that is made of it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, maxLength: 40 }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          fc.pre(!'[secret]'.includes(secret))
          const secrets = new Secrets()
          secrets.add(secret)
          expect(secrets.mask(`${before}${secret}${after}`).replaceAll('[secret]', '')).not.toContain(secret)
        },
      ),
    )
  })

  it('finds the secrets in properties by their names, and by what looks like one', () => {
    const secrets = new Secrets()
    secrets.addFrom({
      AccessKeySecret: 'secret-one',
      Auth: { Password: 'secret-two', ProjectName: 'public-name' },
      Stack: { TemplateURL: 'https://bucket/t?X-Amz-Signature=secret-three', Name: 'public-stack' },
      Deep: [{ api_key: 'secret-four' }, { SigningToken: 55555 }],
    })
    const text =
      'secret-one secret-two https://bucket/t?X-Amz-Signature=secret-three secret-four 55555 public-name public-stack'
    expect(secrets.mask(text)).toBe('[secret] [secret] [secret] [secret] [secret] public-name public-stack')
  })
})

describe('the log', () => {
  const secret = PLANTED.accessKeySecret
  const error = (text: string) =>
    Object.assign(new Error(text, { cause: new Error(`inner ${text}`) }), { $response: { body: text } })

  it.each([
    ['a message', (log) => log.info(`got ${secret}`)],
    ['a formatted message', (log) => log.info('got %s and %o', secret, { secret })],
    ['a field', (log) => log.info({ deep: { list: [secret] } }, 'x')],
    ['a field name', (log) => log.info({ [secret]: 1 }, 'x')],
    ['an error', (log) => log.error(error(secret))],
    ['an error in a field', (log) => log.error({ err: error(secret), other: error(secret) }, 'x')],
    ['a child logger', (log) => log.child({ secret }).warn('x')],
    ['a map and a buffer', (log) => log.info({ bytes: Buffer.from(secret), at: new Date(0) }, 'x')],
  ] satisfies [string, (log: ReturnType<typeof createLogger>) => void][])(
    'writes no secret from %s',
    (_name, write) => {
      const text = logged(write)
      expect(text).not.toBe('')
      expect(plantedIn(text)).toEqual([])
    },
  )

  it('is one JSON object a line, with time, level and the ids that it was bound to', () => {
    const text = logged((log) => log.info({ status: 'X' }, 'said'), { requestId: 'R' })
    expect(JSON.parse(text)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      requestId: 'R',
      status: 'X',
      msg: 'said',
    })
  })

  it('keeps the type, message, stack and cause of an error', () => {
    const line = JSON.parse(logged((log) => log.error({ err: error('trouble') }, 'x')))
    expect(line.err).toMatchObject({ type: 'Error', message: 'trouble', cause: { message: 'inner trouble' } })
    expect(line.err.$response).toBeUndefined()
  })

  it('survives what refers to itself', () => {
    const self: Record<string, unknown> = {}
    self['self'] = self
    expect(logged((log) => log.info({ self }, 'x'))).toContain('[deep]')
  })
})
