import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { isSecretName } from '../../src/platform/secret-names.ts'
import { Secrets } from '../../src/platform/secrets.ts'

/** Secrets in properties, templates, scripts and configurations, and texts that look like secrets but are not. */

const S = 'hunter22secret'
const b64 = (text: string): string => Buffer.from(text).toString('base64')
const gzipped = (text: string): string => gzipSync(text).toString('base64')

const HIDDEN: Readonly<Record<string, JsonObject>> = {
  'docker compose env list': {
    Template: 'services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=hunter22secret\n',
  },
  'ini with spaces': { F: '[db]\nuser = x\npassword = hunter22secret ; note\n' },
  'properties colon': { F: 'spring.datasource.password: hunter22secret\nspring.x: 1' },
  'xml attr': { F: '<add key="DbPassword" value="hunter22secret" />' },
  'xml element': { F: '<config><password>hunter22secret</password></config>' },
  powershell: {
    F: '$password = "hunter22secret"\n$sec = ConvertTo-SecureString "hunter22secret" -AsPlainText -Force',
  },
  'python dict': { F: "cfg = {'db_password': 'hunter22secret'}" },
  'python kwargs': { F: "connect(host='x', password='hunter22secret')" },
  js: { F: 'const c = { apiKey: "hunter22secret" }' },
  'export quoted': { F: "export DB_PASS='hunter22secret'" },
  'env -e docker': { F: 'docker run -e MYSQL_ROOT_PASSWORD=hunter22secret mysql' },
  'set in cmd': { F: 'set DB_PASSWORD=hunter22secret' },
  'jdbc query': { F: 'jdbc:postgresql://h/db?user=a&password=hunter22secret' },
  ado: { F: 'Server=x;User Id=sa;Password=hunter22secret;Encrypt=true' },
  'mongodb+srv': { F: 'mongodb+srv://u:hunter22secret@h/x' },
  'sftp in text': { F: 'see sftp://bob:hunter22secret@h:22/path for it' },
  'base64 json': { U: b64('{"db":{"password":"hunter22secret"}}') },
  'gzip in base64': { UserData: gzipped('#!/bin/sh\nexport DB_PASSWORD=hunter22secret\n') },
  'gzip in base64 over lines': {
    UserData: gzipped('#cloud-config\npassword: hunter22secret\n').replaceAll(/(.{20})/g, '$1\n'),
  },
  'gzip in write_files': {
    user_data: `#cloud-config\nwrite_files:\n- {encoding: gz+b64, path: /x, content: ${gzipped('TOKEN=hunter22secret\n')}}\n`,
  },
  'gzip in gzip': {
    UserData: gzipped(`echo ${gzipped('export TOKEN=hunter22secret\n')} | base64 -d | gunzip`),
  },
  'gzip that was cut': {
    UserData: gzipped(`export TOKEN=hunter22secret\n${randomText()}`).slice(0, 2000),
  },
  'quoted-printable': {
    U: 'Content-Type: text/x-shellscript\nContent-Transfer-Encoding: quoted-printable\n\nexport DB_PASSWORD=3Dhunter=\n22secret\n',
  },
  'base64 in base64 in base64 in base64': { U: b64(b64(b64(b64('export TOKEN=hunter22secret\n')))) },
  'base64 in base64': { U: b64('#!/bin/sh\necho ' + b64('export TOKEN=hunter22secret\n') + ' | base64 -d') },
  'utf16 base64': {
    F:
      'powershell -EncodedCommand ' +
      Buffer.from('$password = "hunter22secret"', 'utf16le').toString('base64'),
  },
  'mime multipart': {
    U: b64(
      'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/cloud-config\n\n#cloud-config\npassword: hunter22secret\nchpasswd: {expire: False}\n--x--',
    ),
  },
  'cloud-init users': {
    user_data: '#cloud-config\nusers:\n  - name: a\n    plain_text_passwd: hunter22secret\n',
  },
  'write_files b64': {
    user_data:
      '#cloud-config\nwrite_files:\n- encoding: b64\n  content: ' +
      b64('API_KEY=hunter22secret\n') +
      '\n  path: /x\n',
  },
  'Fn::Join userdata': {
    Template: {
      R: {
        UserData: {
          'Fn::Base64': {
            'Fn::Join': ['', ['#!/bin/bash\n', 'export DB_PASSWORD=', 'hunter22secret', '\n']],
          },
        },
      },
    },
  },
  'Fn::Sub list': { Template: 'R:\n  X: !Sub\n    - "password=hunter22secret ${a}"\n    - a: 1\n' },
  str_replace: {
    Template:
      'r:\n  user_data:\n    str_replace:\n      template: |\n        echo "root:$pw" | chpasswd\n      params:\n        $password: hunter22secret\n',
  },
  'yaml merge': { Template: 'base: &b\n  password: hunter22secret\nx:\n  <<: *b\n' },
  'yaml anchor ref': { Template: 'd: &pw hunter22secret\nx:\n  DbPassword: *pw\n' },
  'yaml complex key': { Template: '? "Db\\x50assword"\n: hunter22secret\n' },
  'json dup key': { Template: '{"Password":"hunter22secret","Password":"other-value"}' },
  'json esc key': { Template: '{"Pass\\u0077ord":"hunter22secret"}' },
  'json in yaml string': { Template: 'x: \'{"token": "hunter22secret"}\'\n' },
  'tfvars heredoc': { VarsBody: 'db_password = <<-EOT\n  hunter22secret\n  EOT\n' },
  'hcl jsonencode': {
    TemplateBody: 'resource "a" "b" {\n  v = jsonencode({ password = "hunter22secret" })\n}\n',
  },
  'hcl nested block': { TemplateBody: 'resource "a" "b" {\n  auth { admin_pass = "hunter22secret" }\n}' },
  'hcl userdata': {
    TemplateBody:
      'resource "a" "b" {\n  user_data = <<EOF\n#!/bin/bash\necho "root:hunter22secret" | chpasswd\nEOF\n}\n',
  },
  'hcl default': { TemplateBody: 'variable "db_password" {\n  default = "hunter22secret"\n}\n' },
  'hcl provider': {
    TemplateBody: 'provider "huaweicloud" {\n  access_key = "x"\n  secret_key = "hunter22secret"\n}\n',
  },
  'tf.json': {
    TemplateBody: '{"resource":{"huaweicloud_compute_instance":{"db":{"admin_pass":"hunter22secret"}}}}',
  },
  'name/value VarsStructure': { VarsStructure: [{ VarKey: 'db_password', VarValue: S }] },
  ParameterKey: { Parameters: [{ ParameterKey: 'DbPassword', ParameterValue: S }] },
  OptionSettings: { O: [{ Namespace: 'x', OptionName: 'DB_PASSWORD', Value: S }] },
  'k8s env': { E: [{ name: 'API_TOKEN', value: S }] },
  'k8s secret data': { T: 'apiVersion: v1\nkind: Secret\ndata:\n  blob: ' + b64(S) + '\n' },
  dockerconfig: { C: '{"auths":{"reg":{"auth":"' + b64('bob:hunter22secret') + '"}}}' },
  'kubectl literal': { F: 'kubectl create secret generic x --from-literal=password=hunter22secret' },
  'curl header': { F: 'curl -H "Authorization: Bearer hunter22secret" https://x' },
  'curl header single token': { F: "curl -H 'X-Api-Key: hunter22secret' https://x" },
  'curl -u': { F: 'curl -fsSu admin:hunter22secret https://x' },
  'wget pw': { F: 'wget --http-password=hunter22secret https://x' },
  'psql env': { F: 'PGPASSWORD=hunter22secret psql -h x' },
  'mysql long': { F: "mysql --host=x --password='hunter22secret'" },
  'sql grant': { F: "GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY 'hunter22secret';" },
  'sql alter': { F: "ALTER USER postgres PASSWORD 'hunter22secret';" },
  'redis conf': { F: 'requirepass hunter22secret\nmaxmemory 1' },
  netrc: { F: 'machine github.com login bob password hunter22secret' },
  htpasswd: { F: 'htpasswd -cb /etc/x admin hunter22secret' },
  expect: { F: 'spawn ssh x\nexpect "assword:"\nsend "hunter22secret\\r"' },
  openssl: { F: 'openssl pkcs12 -passout pass:hunter22secret' },
  'command list': { Command: ['app', '--db-password', S] },
  'command list eq': { Command: ['app', '--db-password=' + S] },
  toml: { F: '[a]\ndb_password="hunter22secret"' },
  ruby: { F: ':password => "hunter22secret"' },
  'php define': { F: "define('DB_PASSWORD', 'hunter22secret');" },
  'php array': { F: "'password' => 'hunter22secret'," },
  'getenv default': { F: '${DB_PASSWORD:-hunter22secret}' },
  'name variants Passwd': { db_passwd: S },
  DbPwd: { DbPwd: S },
  accessKeySecret: { accessKeySecret: S },
  AKSK: { sk: S },
  ApiKeyValue: { ApiKeyValue: S },
  dbpassword: { dbpassword: S },
  MYSQLPASSWORD: { MYSQLPASSWORD: S },
  password_plaintext: { password_plaintext: S },
  Password1: { Password1: S },
  OldPassword: { OldPassword: S },
  'client-secret': { 'client-secret': S },
  'clientSecret.value': { clientSecret: { value: S } },
  private_key_pem: { private_key_pem: S },
  PassPhrase: { PassPhrase: S },
  encryption_key: { encryption_key: S },
  number: { Pin: 1, Password: 12345678 },
  'nested lists': { Credentials: [[{ a: [S] }]] },
  'bool key': { Template: 'Password: "hunter22secret"   # x\r\nB: 1' },
  tabs: { Template: 'Password:\thunter22secret\n' },
  folded: { Template: 'Password: >-\n  hunter22secret\n' },
  'multi-doc': { Template: 'a: 1\n---\nPassword: hunter22secret\n' },
  'flow multi': { Template: 'a: {\n  Password:\n    hunter22secret,\n  b: 1}\n' },
  'broken yaml': { Template: 'a: [\nPassword: hunter22secret\n  }' },
  'broken json': { Template: '{"Password":"hunter22secret", oops' },
  'broken hcl': { TemplateBody: 'variable "x" {\n password = "hunter22secret"\n' },
  mysqladmin: { F: 'mysqladmin -u root password hunter22secret' },
  'chpasswd, here': { F: "chpasswd <<< 'root:hunter22secret'" },
  'chpasswd, heredoc': { F: 'chpasswd <<EOF\nroot:hunter22secret\nEOF\n' },
  dockerfile: { F: 'FROM x\nENV DB_PASSWORD hunter22secret\n' },
  csh: { F: 'setenv DB_PASSWORD hunter22secret' },
  setx: { F: 'setx DB_PASSWORD "hunter22secret"' },
  'secure string': { F: "New-LocalUser -Password (ConvertTo-SecureString 'hunter22secret' -AsPlainText)" },
  'comment in yaml': { Template: 'a: 1\n# Password: hunter22secret\n' },
}

/** Text that gzip can hardly compress. */
function randomText(): string {
  return Array.from({ length: 200 }, (_, index) =>
    createHash('sha256').update(String(index)).digest('hex'),
  ).join('\n')
}

describe('compressed text in properties', () => {
  const maskedBy = (properties: JsonObject, text: string): string => {
    const secrets = new Secrets()
    secrets.addFrom(properties)
    return secrets.mask(text)
  }

  it('is masked if a message quotes it, since nothing is masked within it', () => {
    const UserData = gzipped('export DB_PASSWORD=hunter22secret\n')
    expect(maskedBy({ UserData }, `Invalid user data ${UserData}: bad`)).toBe(
      'Invalid user data [secret]: bad',
    )
    const script = gzipped(`export DB_PASSWORD=hunter22secret\n${randomText()}`)
    expect(maskedBy({ UserData: script }, `Invalid user data ${script.slice(0, 128)}… (too long)`)).toBe(
      'Invalid user data [secret]… (too long)',
    )
  })

  it('contains words that stay readable', () => {
    const UserData = gzipped('#!/bin/sh\nyum install --assumeyes nginx\n')
    expect(maskedBy({ UserData }, 'nginx is not found by yum install')).toBe(
      'nginx is not found by yum install',
    )
  })

  it('is not decompressed beyond a limit, but masked completely', () => {
    const bomb = gzipped(`export TOKEN=hunter22secret\n${' '.repeat(100_000_000)}`)
    const before = process.memoryUsage().arrayBuffers
    expect(maskedBy({ UserData: bomb }, `said ${bomb.slice(0, 640)}!`)).toMatch(/^said (?:\[secret\])+!$/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
  })

  it('is decompressed at most 64 times, and the rest is masked completely', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      gzipped(`export TOKEN=number${String(index)}-secret\n`),
    )
    const last = many.at(-1) ?? ''
    expect(maskedBy({ Scripts: many }, `number3-secret ${last}`)).toBe('[secret] [secret]')
  })

  it('that is damaged is masked completely, without effect on other values', () => {
    const damaged = `H4sI${'x'.repeat(40)}`
    expect(maskedBy({ UserData: damaged, Password: S }, `${damaged} ${S} readable`)).toBe(
      '[secret] [secret] readable',
    )
  })
})

describe('a secret in properties', () => {
  it.each(Object.entries(HIDDEN))('is found: %s', (name, properties) => {
    const secrets = new Secrets()
    secrets.addFrom(properties)
    const value = name === 'number' ? '12345678' : S
    expect(secrets.mask(`Invalid value ${value} for x`)).toBe('Invalid value [secret] for x')
  })

  it('is found in the template of a text in base64 in a list in JSON in YAML, whatever surrounds it', () => {
    const name = fc.constantFrom(
      'dbPassword',
      'DB_PASSWD',
      'api-key',
      'AccessKeySecret',
      'clientSecret',
      'TOKEN',
    )
    const value = fc.stringMatching(/^[g-z]{4}[A-Za-z0-9]{4,20}$/)
    const wraps: readonly ((text: string) => string)[] = [
      (text) => JSON.stringify({ a: [text] }),
      (text) =>
        `key: |\n${text
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n')}\n`,
      (text) => b64(`#!/bin/sh\n${text}\n`),
      (text) => `content = <<EOT\n${text}\nEOT\n`,
      (text) => JSON.stringify({ 'Fn::Join': ['', [text, { Ref: 'X' }]] }),
    ]
    const assigned = fc
      .tuple(name, value, fc.constantFrom('json', 'yaml', 'shell', 'hcl'))
      .map(([key, secret, form]) => {
        const text = {
          json: JSON.stringify({ [key]: secret }),
          yaml: `${key}: ${secret}\nother: 1\n`,
          shell: `export ${key}='${secret}'; run`,
          hcl: `${key.replaceAll('-', '_')} = "${secret}"\n`,
        }[form]
        return { text: text ?? '', secret }
      })
    fc.assert(
      fc.property(
        assigned,
        fc.uniqueArray(fc.nat(wraps.length - 1), { maxLength: 3 }),
        ({ text, secret }, layers) => {
          fc.pre(!/^(?:true|null|none)/i.test(secret))
          const template = layers.reduce((inner, index) => wraps[index]?.(inner) ?? inner, text)
          const secrets = new Secrets()
          secrets.addFrom({ Stack: { Template: template } })
          expect(secrets.mask(`no: ${secret}`), template).toBe('no: [secret]')
        },
      ),
      { numRuns: 500 },
    )
  })
})

const READABLE: Readonly<Record<string, JsonObject & { readonly w: string }>> = {
  a: {
    Template: {
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'my-secret-key', KeyPolicy: {} } },
      },
    },
    w: 'my-secret-key',
  },
  b: { KeyName: 'prod-keypair', w: 'prod-keypair' },
  c: { PasswordLength: 16, w: '16' },
  d: { SecretName: 'prod/db/main', w: 'prod/db/main' },
  e: { TokenType: 'bearer-jwt', w: 'bearer-jwt' },
  f: { PublicKey: 'ssh-rsa AAAA', w: 'ssh-rsa AAAA' },
  g: { Bypass: 'enabled-all', w: 'enabled-all' },
  h: { Compass: 'north-west', w: 'north-west' },
  i: { Passenger: 'alice-smith', w: 'alice-smith' },
  j: { Keyboard: 'qwerty-us', w: 'qwerty-us' },
  k: { Author: 'jane-doe-1', w: 'jane-doe-1' },
  l: {
    SecretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:x',
    w: 'arn:aws:secretsmanager:us-east-1:1:secret:x',
  },
  m: { DbPassword: { Ref: 'DbPasswordParam' }, w: 'DbPasswordParam' },
  n: { Template: 'Password: !Ref DbPasswordParam\n', w: 'DbPasswordParam' },
  o: { PartitionKey: 'tenant-id', w: 'tenant-id' },
  p: { PasswordResetRequired: 'sometimes', w: 'sometimes' },
  q: { Tokenizer: 'whitespace-x', w: 'whitespace-x' },
  r: { Secretary: 'bob-jones', w: 'bob-jones' },
  s: { KmsKeyId: 'alias/prod-key', w: 'alias/prod-key' },
  t: { NextToken: 'abcdefgh', w: 'abcdefgh' },
  u: { Description: 'password: at least eight characters', w: 'at least eight characters' },
  v: { MaxPasswordAge: '90-days', w: '90-days' },
  x: { monkey: 'banana-1', w: 'banana-1' },
  y: { TokenExpiration: '3600-seconds', w: '3600-seconds' },
  z: { CredentialsFile: '/etc/creds', w: '/etc/creds' },
  aa: { AuthorizationType: 'AWS_IAM', w: 'AWS_IAM' },
  ab: { SecurityGroup: 'sg-123456', w: 'sg-123456' },
  ac: { PasswordPolicy: { MinimumLength: 'fourteen' }, w: 'fourteen' },
  ad: { SecretsManagerEndpoint: 'vpce-12345', w: 'vpce-12345' },
  ae: { tokenUrl: 'https://login.example.com/oauth', w: 'https://login.example.com/oauth' },
}

describe('a text that is not a secret', () => {
  it.each(Object.entries(READABLE))('stays readable: %s', (_, { w, ...properties }) => {
    const secrets = new Secrets()
    secrets.addFrom(properties)
    expect(secrets.mask(`bad ${w} x`)).toBe(`bad ${w} x`)
  })

  it('stays readable in a template with secrets beside it', () => {
    const secrets = new Secrets()
    secrets.addFrom({
      Stack: {
        Name: 'shop',
        Template: `
Parameters:
  DbPassword: {Type: String, NoEcho: true, MinLength: 12, Description: at least twelve characters}
Resources:
  DbSecret:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: prod/shop/db, GenerateSecretString: {PasswordLength: 20, ExcludeCharacters: '"@/\\'}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUsername: shopadmin
      MasterUserPassword: !Ref DbPassword
      KmsKeyId: alias/shop-key
      Endpoint: !Sub 'db.\${AWS::Region}.example.com'
Outputs:
  SecretArn: {Value: !Ref DbSecret, Export: {Name: shop-secret-arn}}
`,
      },
    })
    const reason =
      'Db (AWS::RDS::DBInstance): MasterUsername shopadmin is reserved; prod/shop/db, alias/shop-key and shop-secret-arn exist; ' +
      'DbPassword must have at least twelve characters, none of "@/'
    expect(secrets.mask(reason)).toBe(reason)
  })
})

describe('the name of a secret', () => {
  it.each([
    ...[
      'dbPassword',
      'DB_PASSWD',
      'api-key',
      'AccessKeySecret',
      'APIKey',
      'OAuthToken',
      'db_pass',
      'X-Auth-Token',
      'dbpassword',
    ],
    ...[
      'secret_key_base',
      'JWT_SECRET',
      'TLS_KEY',
      'privateKeyPem',
      'AccessKeyId',
      'sshPassphrase',
      'userPwd',
      'Passwords',
      'psk',
    ],
    ...[
      'RDS_PASSWORD_2',
      'pgpassword',
      'AWSSecretAccessKey',
      'connection.password',
      'bearer_token',
      '数据库密码',
    ],
  ])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    ...[
      'compass',
      'bypass',
      'ByPass',
      'passenger',
      'tokenizer',
      'secretary',
      'keyboard',
      'monkey',
      'author',
      'passport',
      'keyName',
    ],
    ...[
      'PasswordLength',
      'SecretName',
      'SecretArn',
      'TokenType',
      'KeyPairName',
      'PublicKey',
      'PartitionKey',
      'KmsKeyId',
    ],
    ...[
      'ClientRequestToken',
      'NextToken',
      'MaxPasswordAge',
      'PasswordResetRequired',
      'CredentialsFile',
      'SecretsManagerEndpoint',
    ],
  ])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})
