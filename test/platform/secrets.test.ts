import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/platform/log.ts'
import { SourceNumber } from '../../src/platform/json.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { QUOTATIONS } from '../quotations.ts'

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
  it('are never names of outputs and parameters, whatever the names say', () => {
    const secrets = new Secrets()
    secrets.addFrom({
      SecretOutputs: ['Elephant'],
      SecretParameters: ['Crocodile'],
      StoredOutputs: { Names: ['Rhinoceros'], Prefix: 'team' },
      Outputs: { AdminPassword: 'Hippopotamus' },
      Stack: { Template: 'Parameters: {SecretOutputs: [Antelope]}' },
    })
    const names = 'Elephant Crocodile Rhinoceros AdminPassword Hippopotamus Antelope'
    expect(secrets.mask(names)).toBe(names)
  })

  it('covers a secret in plain text, in JSON, in a URL and in base64', () => {
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

  it('covers any secret in every form in which a cloud or a proxy may quote it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }), text, (secret, before) => {
        const secrets = new Secrets()
        secrets.add(secret)
        for (const [form, quote] of Object.entries(QUOTATIONS)) {
          const masked = secrets.mask(`${quote(before)} ${quote(secret)}`)
          // The rest of base64 encodes its padding or half a character, and reveals nothing.
          expect(
            /\[secret\](?:[=%3D]*|[A-Za-z0-9+/]{1,3}[=%3D]*)\s*$/.test(masked),
            `${form}: ${masked}`,
          ).toBe(true)
        }
        const encoded = Buffer.from(`${before}${secret}${before}`).toString('base64')
        expect(Buffer.from(secrets.mask(encoded), 'base64').toString()).not.toContain(secret)
        expect(secrets.mask(encoded)).toContain('[secret]')
      }),
    )
  })

  it('leaves no part of overlapping secrets', () => {
    const secrets = new Secrets()
    for (const secret of ['abcdef', 'defghi', 'hijk']) secrets.add(secret)
    expect(secrets.mask('-abcdefghijk-')).toBe('-[secret]-')
  })

  it('of a hundred thousand secrets takes no longer than a log line may take', () => {
    const secrets = new Secrets()
    for (let index = 0; index < 100_000; index += 1) secrets.add(`secret number ${String(index)}`)
    expect(secrets.mask('secret number 7, secret number 99999'.repeat(100))).toBe(
      '[secret], [secret]'.repeat(100),
    )
  })

  it('covers a secret that is part of another one, and the other one completely', () => {
    const secrets = new Secrets()
    secrets.add('abcd')
    secrets.add('abcd-efgh')
    expect(secrets.mask('abcd-efgh abcd')).toBe('[secret] [secret]')
  })

  it('leaves no beginning of a secret if a text is truncated, at any place', () => {
    const digits = fc.stringMatching(/^[0-9]{0,30}$/)
    const letters = fc.stringMatching(/^[a-h]{4,40}$/)
    fc.assert(
      fc.property(digits, letters, digits, fc.nat(100), (before, secret, after, length) => {
        const secrets = new Secrets()
        secrets.add(secret)
        const shown = secrets.maskBeginning(`${before}${secret}${after}`, length).replace('[secret]', '')
        expect(shown.replaceAll(/\d/g, '').length).toBeLessThan(4)
      }),
    )
  })

  describe('a beginning of a secret that a cloud truncated', () => {
    const masking = (...values: readonly string[]) => {
      const secrets = new Secrets()
      for (const value of values) secrets.add(value)
      return (text: string) => secrets.mask(text)
    }
    const mask = masking('Tr0ub4dor&3-and-more', 'averylongpassphraseofletters')

    it.each([
      ["Value 'Tr0ub4do...' is not valid", "Value '[secret]...' is not valid"],
      ['Tr0ub4dor&3-and…', '[secret]…'],
      ['tr0ub4dor&3...', '[secret]...'],
      ['Tr0ub4dor%263%2Dan...', '[secret]...'],
      ['averylongpassphrase...', '[secret]...'],
      ['a...Tr0ub4dor&3...b', 'a...[secret]...b'],
    ])('is masked before an ellipsis: %s', (text, shown) => {
      expect(mask(text)).toBe(shown)
    })

    it.each([
      ['a short one', 'Tr0ub4d...'],
      ['what may be a word', 'averylongpassph...'],
      ['one that no ellipsis follows', 'Tr0ub4do is not valid'],
      ['one that two dots follow', 'Tr0ub4dor..'],
      ['its middle', 'ub4dor&3-and...'],
    ])('is unchanged if it is %s', (_, text) => {
      expect(mask(text)).toBe(text)
    })
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

  it('finds the secrets in properties by their names, and values that look like secrets', () => {
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

describe('secrets in a text', () => {
  const valuesIn = (text: string): readonly string[] => {
    const secrets = new Secrets()
    secrets.addFrom({ Template: text })
    return secrets.values
  }

  it.each([
    ['a YAML template', 'Db:\n  MasterUserPassword: correct horse # really\n', ['correct horse']],
    ['a YAML list', 'List:\n  - Token: abcdef\n', ['abcdef']],
    ['YAML in one line', 'Db: {DbPassword: flowing, Size: 1}', ['flowing']],
    ['a JSON template', JSON.stringify({ Db: { Password: 'hu"nter' } }), ['hu"nter']],
    [
      'a shell script',
      'set -e\nexport DB_PASSWORD=hunter2 X=1\nTOKEN="a b c d"; run',
      ['hunter2', 'a b c d'],
    ],
    ['a signed URL', 'curl "https://b/t?X-Amz-Signature=ab%2Fcd"', ['ab%2Fcd', 'ab/cd']],
    ['a signed URL of Swift', 'get: https://s/v1/t?temp_url_sig=0123ab&temp_url_expires=9', ['0123ab']],
    ['a URL with a password', 'git clone https://user:pa55word@example.com/r', ['pa55word']],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END', ['MIIEowIBAAKCAQEA']],
  ])('are found in %s', (_, text, expected) => {
    expect(valuesIn(text)).toEqual(expect.arrayContaining(expected))
  })

  it.each([
    'DbPassword: !Ref Password',
    'Password: {Ref: Password}',
    'Parameters:\n  Password:\n    Type: String\n',
    'Password: String',
    'UseToken: true',
    'Description: the password: must be long',
    'ServiceToken: acs:fc:cn-hangzhou:1:functions/stackbridge',
    'see https://example.com/t?page=1',
  ])('are not seen in %j', (text) => {
    expect(valuesIn(text)).toEqual([])
  })

  it('are searched for in a time that grows only with the text', () => {
    const pieces = [
      ...['x', ' ', '\n', ':', '-', '"', "'", 'a=', 'http://', 'http://a:', 'http://?', '\\', ' #', 'a.'],
      ...['-----BEGIN ', '-----BEGIN PRIVATE KEY-----', "Password:'", 'Password:"', 'export ', ';Token='],
    ]
    for (const piece of pieces) valuesIn(piece.repeat(1_000_000 / piece.length))
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

  it('masks its bindings also by secrets that become known later', () => {
    const secrets = new Secrets()
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const log = createLogger({
      level: 'info',
      secrets,
      bindings: { rosStackName: 'late-secret' },
      destination,
    })
    const child = log.child({ resource: 'late-secret' })
    secrets.add('late-secret')
    log.info('x')
    child.info('x')
    expect(lines.join('')).not.toContain('late-secret')
  })

  it.each(['time', 'info', '":"x', '2026', 'true'])('stays JSON when %j is a secret', (secret) => {
    const secrets = new Secrets()
    secrets.add(secret)
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    createLogger({ level: 'info', secrets, destination }).info({ is: true, at: 12026 }, `said ${secret}`)
    expect(JSON.parse(lines.join(''))).toMatchObject({ level: 'info', msg: 'said [secret]' })
  })

  it('masks each text once', () => {
    const secrets = new Secrets()
    const masked: string[] = []
    secrets.mask = (text) => {
      masked.push(text)
      return text
    }
    const destination = { write: () => undefined }
    createLogger({ level: 'info', secrets, bindings: { id: 'R' }, destination }).info({ status: 'X' }, 'said')
    expect(masked.sort()).toEqual(['R', 'X', 'id', 'said', 'status'])
  })

  it('is one JSON object per line, with time, level and the bound ids', () => {
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

  it('accepts objects that refer to themselves', () => {
    const self: Record<string, unknown> = {}
    self['self'] = self
    expect(logged((log) => log.info({ self }, 'x'))).toContain('[deep]')
  })

  it('survive properties with as many commands, aliases and escapes as an event can hold', () => {
    for (const text of [
      `chpasswd\n${'a:b c:d\n'.repeat(64_000)}`,
      `docker login${' -pa:bc'.repeat(74_000)}`,
    ]) {
      const secrets = new Secrets()
      secrets.addFrom({ Script: text })
      expect(secrets.mask('the reason')).toBe('the reason')
    }
  })

  it('mask a number also in the form of a cloud that parses it as a double', () => {
    const secrets = new Secrets()
    secrets.addFrom({ DbPassword: new SourceNumber('12345678.0'), ApiKey: new SourceNumber('1.2e7') })
    expect(secrets.mask('got 12345678 and 12000000')).toBe('got [secret] and [secret]')
  })

  it.each([
    ["Python's repr", '1.2345678901234567e+19'],
    ['Go', '1.2345678901234567e+19'],
    ['Java', '1.2345678901234567E19'],
    ['JavaScript', '12345678901234567000'],
    ['printf with %g', '1.23457e+19'],
    ['printf with %.0f', '12345678901234567168'],
  ])('mask a number of 20 digits in the spelling of %s', (_, spelling) => {
    const secrets = new Secrets()
    secrets.addFrom({ DbPassword: new SourceNumber('12345678901234567890') })
    expect(secrets.mask(`got ${spelling}, not 1.5e+19`)).toBe('got [secret], not 1.5e+19')
  })

  it.each([
    ['0.0000012345678', '1.2345678e-06'],
    ['0.0000012345678', '1.2345678E-6'],
    ['150000000000', '150000000000'],
  ])('mask the number %s as %s', (number, spelling) => {
    const secrets = new Secrets()
    secrets.addFrom({ DbPassword: number })
    expect(secrets.mask(`got ${spelling}`)).toBe('got [secret]')
  })

  it('leave short spellings readable that many numbers have', () => {
    const secrets = new Secrets()
    secrets.addFrom({ DbPassword: '1000000' })
    expect(secrets.mask('at most 1e+06 or 1E6')).toBe('at most 1e+06 or 1E6')
  })
})

describe('a ResponseURL', () => {
  const ids = ['0f8d3c1a-stack-of-ros', 'REQUEST-1234567890', 'Logical']
  const masked = (url: string, text: string): string => {
    const secrets = new Secrets()
    secrets.addResponseUrl(url, ids)
    return secrets.mask(text)
  }

  it.each([
    ['a parameter of any name', 'https://ros.example/cb?k=tok3n-of-the-answer&n=1', 'tok3n-of-the-answer'],
    ['a step of its path', 'https://ros.example/cb/4f3a9c1be2d7/done?n=1', '4f3a9c1be2d7'],
    ['a decoded parameter', 'https://ros.example/cb?k=tok%2F3n-of-the%3Danswer', 'tok/3n-of-the=answer'],
    ['a decoded step', 'https://ros.example/tok%2F3n-of-the%3Danswer', 'tok/3n-of-the=answer'],
    ['letters only', 'https://ros.example/cb?k=abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz'],
    ['its path and query', 'https://ros.example/cb?k=short&e=17', '/cb?k=short&e=17'],
    ['its query', 'https://ros.example/cb?k=short&e=17', 'k=short&e=17'],
    ['the URL as it is sent', 'HTTPS://ROS.example:443/a/../cb?k', 'https://ros.example/cb?k'],
  ])('has %s masked, since its form is not documented', (_, url, quoted) => {
    expect(masked(url, `403: (${quoted}) is wrong`)).toBe('403: ([secret]) is wrong')
  })

  it('leaves ids of the event, accounts, regions, times and words readable', () => {
    const url =
      'https://ros.example/custom-resource/0f8d3c1a-stack-of-ros/Logical?Request=REQUEST-1234567890' +
      '&Region=ap-southeast-1&Account=1234567890123456&Expires=1796034011333'
    const text =
      'custom-resource 0f8d3c1a-stack-of-ros Logical REQUEST-1234567890 ap-southeast-1 1234567890123456 1796034011333'
    expect(masked(url, text)).toBe(text)
  })
})
